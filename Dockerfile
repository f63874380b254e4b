# One image for every process of the site; docker-compose.yml says which command each one runs.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /app/.venv \
    && /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.lock
ENV PATH=/app/.venv/bin:$PATH
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./frontend/
RUN cd frontend && npm ci --no-progress
COPY frontend ./frontend
RUN cd frontend && npm run build && rm -rf node_modules

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 parenchyma && install -d -o parenchyma /data
WORKDIR /app
COPY --from=build /app/.venv ./.venv
COPY --from=build /app/frontend/dist ./frontend/dist
COPY manage.py pyproject.toml ./
COPY generation ./generation
COPY cases ./cases
COPY trainer ./trainer
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/app/static \
    DATA_DIR=/data
RUN SECRET_KEY=build-only DATA_DIR=/tmp/build python manage.py collectstatic --noinput -v 0 \
    && rm -rf /tmp/build
USER parenchyma
EXPOSE 8000
