"""Test sets: the forms, taking one, what it came to, and how reliable it is."""

from rest_framework import serializers

from trainer.api.fields import OptionalIdField
from trainer.api.serializers.proportions import ProportionSerializer
from trainer.api.serializers.reports import RocAreaSerializer
from trainer.api.serializers.sessions import SessionCaseSerializer
from trainer.reports.queries.forms import ASPECT_NAMES


class TestStartSerializer(serializers.Serializer):
    form = serializers.CharField(max_length=4)
    institution = OptionalIdField(
        help_text="For people of several institutions; otherwise where they joined first."
    )


class TestSessionSerializer(serializers.Serializer):
    """One time that a form was taken, or is being taken."""

    id = serializers.UUIDField()
    form = serializers.CharField()
    started_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    seconds_left = serializers.FloatField(help_text="By the server's clock; 0 once it is over.")
    cases = serializers.IntegerField()
    readings = serializers.IntegerField()
    completed = serializers.BooleanField(
        help_text="Every case was read, or the time was used up: it counts as a figure of the form."
    )


class FormMakingSerializer(serializers.Serializer):
    """How far the cases of a form are made."""

    cases = serializers.IntegerField()
    ready = serializers.IntegerField()
    waiting = serializers.IntegerField()
    running = serializers.IntegerField()
    failed = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    absent = serializers.IntegerField(help_text="Never asked for.")
    progress = serializers.FloatField(help_text="A share, with what is being made.")
    reasons = serializers.ListField(
        child=serializers.CharField(),
        help_text="Why cases failed; for those who may make them.",
    )


class FormSerializer(serializers.Serializer):
    form = serializers.CharField()
    cases = serializers.IntegerField()
    minutes = serializers.FloatField(help_text="The time that is allowed.")
    prevalence = serializers.FloatField(help_text="Share of cases with an actionable finding.")
    ready = serializers.BooleanField()
    making = FormMakingSerializer()


class TestsSerializer(serializers.Serializer):
    """The test sets of the site, and how they stand for the caller."""

    minutes_per_case = serializers.FloatField()
    next_form = serializers.CharField(help_text="The only form that the caller may begin now.")
    may_make = serializers.BooleanField(help_text="Whether the caller can have the cases made.")
    forms = FormSerializer(many=True)
    open = TestSessionSerializer(allow_null=True)
    taken = TestSessionSerializer(many=True, help_text="The caller's test sets, newest first.")


class DifferenceSerializer(serializers.Serializer):
    """After minus before with its 95 % interval; null where either is not known."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    enough = serializers.BooleanField()


class FormFiguresSerializer(serializers.Serializer):
    readings = serializers.IntegerField()
    positives = serializers.IntegerField()
    prevalence = serializers.FloatField(allow_null=True)
    sensitivity = ProportionSerializer()
    specificity = ProportionSerializer()
    lesion_sensitivity = ProportionSerializer()
    area = RocAreaSerializer()
    wafroc = RocAreaSerializer()


class FormAspectSerializer(serializers.Serializer):
    """An ability, or what it rose by, with its 95 % interval; null without enough answers."""

    aspect = serializers.ChoiceField(choices=ASPECT_NAMES)
    n = serializers.IntegerField(help_text="Answers; of a change, of the form with fewer.")
    enough = serializers.BooleanField()
    mean = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class FormDifferencesSerializer(serializers.Serializer):
    sensitivity = DifferenceSerializer()
    specificity = DifferenceSerializer()
    lesion_sensitivity = DifferenceSerializer()
    area = DifferenceSerializer()
    wafroc = DifferenceSerializer()


class FormChangeSerializer(serializers.Serializer):
    """The first form that the caller completed against the latest of another form."""

    before = TestSessionSerializer()
    after = TestSessionSerializer()
    figures = FormDifferencesSerializer()
    abilities = FormAspectSerializer(many=True)


class TestResultSerializer(serializers.Serializer):
    test = TestSessionSerializer()
    minimum_n = serializers.IntegerField()
    minimum_per_class = serializers.IntegerField()
    minutes = serializers.FloatField()
    figures = FormFiguresSerializer()
    abilities = FormAspectSerializer(many=True)
    cases = SessionCaseSerializer(many=True)
    change = FormChangeSerializer(allow_null=True)


class ReliabilitySerializer(serializers.Serializer):
    """A reliability with its 95 % interval; null without enough readers."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField(help_text="Readers.")
    enough = serializers.BooleanField()


class ModelReliabilitySerializer(serializers.Serializer):
    aspect = serializers.ChoiceField(choices=ASPECT_NAMES)
    items = serializers.IntegerField()
    information = serializers.FloatField(help_text="For a reader with the target ability.")
    error = serializers.FloatField(help_text="Standard error of that reader's ability.")
    at_target = serializers.FloatField(help_text="Reliability there.")
    marginal = serializers.FloatField(help_text="Reliability over all readers.")


class FormReliabilitySerializer(serializers.Serializer):
    form = serializers.CharField()
    model = ModelReliabilitySerializer(many=True, help_text="Empty until the cases are made.")
    alpha = ReliabilitySerializer(help_text="KR-20 of the recall decisions.")


class TestReliabilitySerializer(serializers.Serializer):
    minimum_readers = serializers.IntegerField()
    forms = FormReliabilitySerializer(many=True)
    parallel = ReliabilitySerializer(help_text="Correlation of right recall decisions.")
