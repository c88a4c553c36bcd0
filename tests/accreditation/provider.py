"""A provider of OpenID Connect on this machine: a small WSGI server in a thread, which signs its tokens for real."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KEY_NAME = "imrf-inputs", "a secret of the tests", "key-1"


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


class Provider:
    """`person` is who signs in there; `lies` are claims of the ID token that are otherwise than they should be."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with, self.algorithm = self.key, "RS256"
        self.person = {"sub": "1", "email": "olga@example.org", "email_verified": True, "name": "Olga", "groups": []}
        self.lies, self.about_another, self.asked, self.calls_itself = {}, {}, {}, None

    def __call__(self, environ, start_response):
        page = {
            "/.well-known/openid-configuration": self.describe,
            "/jwks": self.show_keys,
            "/authorize": self.authorize,
            "/token": self.give_token,
            "/userinfo": self.tell,
        }[environ["PATH_INFO"]]
        status, headers, said = page(environ)
        start_response(status, [("Content-Type", "application/json"), *headers])
        return [json.dumps(said).encode()]

    def describe(self, environ):
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        found = {name: f"{self.issuer}/{place}" for name, place in {**names, "jwks_uri": "jwks"}.items()}
        methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        return "200 OK", [], {"issuer": self.calls_itself or self.issuer, **found, **methods}

    def show_keys(self, environ):
        shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return "200 OK", [], {"keys": [{**shown, "kid": KEY_NAME, "alg": "RS256", "use": "sig"}]}

    def authorize(self, environ):
        self.asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        back = urlencode({"code": "a code", "state": self.asked["state"]})
        return "302 Found", [("Location", f"{self.asked['redirect_uri']}?{back}")], {}

    def give_token(self, environ):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).decode().rstrip("=")
        right = (given["code"], given["client_id"], given["client_secret"]) == ("a code", CLIENT, SECRET)
        if not right or proof != self.asked["code_challenge"]:
            return "400 Bad Request", [], {"error": "invalid_grant"}
        return "200 OK", [], {"access_token": "an access", "token_type": "Bearer", "id_token": self.signed()}

    def signed(self):
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "sub": self.person["sub"], "iat": now, "exp": now + 60, **self.lies}
        return jwt.encode(said, self.signs_with, self.algorithm, headers={"kid": KEY_NAME})

    def tell(self, environ):
        assert environ["HTTP_AUTHORIZATION"] == "Bearer an access"
        return "200 OK", [], {**self.person, **self.about_another}


@contextmanager
def running():
    """The provider while it answers."""
    provider = Provider()
    with make_server("127.0.0.1", 0, provider, handler_class=Quiet) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
