# The portal's image: web, worker, beat and migrate run it with different commands (docker-compose.yml).

FROM python:3.11-slim-bookworm AS packages
COPY requirements/production.lock /tmp/production.lock
RUN python -m venv /opt/portal \
    && /opt/portal/bin/pip install --no-cache-dir --require-hashes -r /tmp/production.lock

FROM python:3.11-slim-bookworm
# Whole font files: documents in six languages need every letter.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/portal portal \
    && install -d -o portal -g portal /var/lib/portal/media /var/lib/portal/letters \
    # A volume with the scanner's socket may be made from here or from the scanner's image: both let both in.
    && install -d -m 1777 /run/clamd
COPY --from=packages /opt/portal /opt/portal
WORKDIR /srv/portal
COPY . .

ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORT=8000 \
    STATE_DIR=/var/lib/portal \
    MEDIA_ROOT=/var/lib/portal/media \
    STATIC_ROOT=/srv/portal/staticfiles \
    STATICFILES_STORAGE=whitenoise.storage.CompressedManifestStaticFilesStorage

# These two commands read the settings and open no connection; what they are given here is valid nowhere.
RUN export SECRET_KEY=of-the-build-only-and-of-no-use-anywhere-else-in-the-world \
        DATABASE_URL=postgresql://nobody@nowhere/none REDIS_URL=redis://nowhere \
    && python manage.py compile_translations \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q accreditation forums imrf_portal submissions

USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-m", "imrf_portal.listening"]
CMD ["gunicorn", "-c", "python:imrf_portal.gunicorn_settings", "imrf_portal.wsgi"]
