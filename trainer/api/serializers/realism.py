from django.utils.translation import gettext as _
from rest_framework import serializers

from trainer.api.serializers.images import ImageViewSerializer
from trainer.api.serializers.proportions import ProportionSerializer
from trainer.measure.realism import UNDECIDED

VERDICTS = ("equivalent", "told_apart", "undecided")
# No images of the site's own, images without a test, a test that can be taken.
OFFERS = ("no_images", "no_test", "offered")
STANDINGS = ("not_measured", "not_enough", "measured")


class RangeSerializer(serializers.Serializer):
    """A figure with its 95 % interval."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class EquivalenceSerializer(serializers.Serializer):
    """Two one-sided tests: equivalent where the 90 % interval lies within the margin about 0.5."""

    low = serializers.FloatField()
    high = serializers.FloatField()
    p = serializers.FloatField(allow_null=True)
    margin = serializers.FloatField()


class LeastSerializer(serializers.Serializer):
    """The fewest for which there are figures."""

    readers = serializers.IntegerField()
    images = serializers.IntegerField(help_text="Of each kind.")


class DiscriminationSerializer(serializers.Serializer):
    """How well real and synthetic images were told apart; figures are null without enough."""

    area = RangeSerializer(allow_null=True, help_text="Under the ROC curve; 0.5 is chance.")
    correct = RangeSerializer(allow_null=True, help_text="Share of images named rightly.")
    equivalence = EquivalenceSerializer(allow_null=True)
    verdict = serializers.ChoiceField(choices=VERDICTS, allow_null=True)
    readers = serializers.IntegerField()
    real = serializers.IntegerField(help_text="Images of this kind.")
    synthetic = serializers.IntegerField(help_text="Images of this kind.")
    enough = serializers.BooleanField()
    least = LeastSerializer()


class LicenceSerializer(serializers.Serializer):
    licence = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]


class RealismProgressSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    answered = serializers.IntegerField()
    count = serializers.IntegerField()
    completed_at = serializers.DateTimeField(allow_null=True)


class RealismStateSerializer(serializers.Serializer):
    """Whether the test of real and synthetic images can be taken here, and how far one is."""

    offer = serializers.ChoiceField(choices=OFFERS)
    real_images = serializers.IntegerField(help_text="That this site has.")
    images = serializers.IntegerField(allow_null=True, help_text="Of the test.")
    margin = serializers.FloatField(allow_null=True)
    generator_name = serializers.CharField(allow_null=True)
    licences = LicenceSerializer(many=True)
    reading = RealismProgressSerializer(allow_null=True, help_text="The caller's own.")
    earlier = RealismProgressSerializer(many=True, help_text="Completed, of tests before.")


class RealismTruthSerializer(serializers.Serializer):
    real = serializers.BooleanField()
    rating = serializers.IntegerField()
    seconds = serializers.FloatField()
    rightly = serializers.BooleanField()


class RealismImageSerializer(serializers.Serializer):
    """One image; what it is comes when all are answered."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(help_text="In this reader's order, from 1.")
    answered = serializers.BooleanField()
    view = ImageViewSerializer(allow_null=True, help_text="Null once the images are removed.")
    truth = RealismTruthSerializer(allow_null=True)


class CuesSerializer(serializers.Serializer):
    """ROC areas of what is not tissue; 0.5 tells nothing."""

    size = serializers.FloatField()
    brightness = serializers.FloatField()
    contrast = serializers.FloatField()
    file = serializers.FloatField()


class RealismReadingSerializer(serializers.Serializer):
    """One reader's way through the test; the result comes when all is answered."""

    id = serializers.UUIDField()
    test = serializers.UUIDField()
    completed_at = serializers.DateTimeField(allow_null=True)
    removed = serializers.BooleanField(help_text="Whether the images are gone.")
    images = RealismImageSerializer(many=True)
    result = DiscriminationSerializer(allow_null=True)
    cues = CuesSerializer(allow_null=True)
    licences = LicenceSerializer(many=True)


class RealismAnswerCreateSerializer(serializers.Serializer):
    """How sure the reader is: 0 surely synthetic, 100 surely real, and never in the middle."""

    key = serializers.UUIDField()
    image = serializers.UUIDField()
    rating = serializers.IntegerField(min_value=0, max_value=100)
    seconds = serializers.FloatField(min_value=0, max_value=1e6)

    def validate_rating(self, rating: int) -> int:
        if rating == UNDECIDED:
            raise serializers.ValidationError(_("Take a side: below 50 synthetic, above 50 real."))
        return rating


class RealismAnswerSerializer(serializers.Serializer):
    image = serializers.UUIDField()
    rating = serializers.IntegerField()
    answered = serializers.IntegerField(help_text="Images of this reading, so far.")
    completed = serializers.BooleanField()


class GiveawaySerializer(serializers.Serializer):
    """How readers took one image."""

    id = serializers.UUIDField()
    real = serializers.BooleanField()
    case = serializers.UUIDField(allow_null=True, help_text="Whose view a synthetic image is.")
    side = serializers.CharField()
    projection = serializers.CharField()
    density = serializers.CharField(help_text="Empty where it is not known.")
    mean_rating = serializers.FloatField()
    rightly = ProportionSerializer()


class SiteReadersSerializer(serializers.Serializer):
    """What this site's readers made of a generator's images, beside real ones."""

    standing = serializers.ChoiceField(choices=STANDINGS)
    test = serializers.UUIDField(allow_null=True)
    drawn_at = serializers.DateTimeField(allow_null=True)
    found = DiscriminationSerializer(allow_null=True)
    cues = CuesSerializer(allow_null=True)
    giveaways = serializers.BooleanField(help_text="Whether the caller may see image by image.")
