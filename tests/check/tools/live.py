#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""microexpr-monitor --http: what it tells, to whom, and that no reader disturbs it.

    live.py MONITOR DOCS-DIRECTORY [TEST...]
"""
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

FACE = 'microexprtestsrc seed=5 noise=0.5 micro-rate=60 macro-rate=0 blink-rate=0'
SMALL = 'video/x-raw,width=320,height=240,framerate=25/1'
CAMERA = f'launch:{FACE} is-live=true ! {SMALL}'
TOKEN = 'a-token-for-tests'
PATIENCE = 100  # s: for a busy machine

monitor = os.path.abspath(sys.argv[1])
docs = pathlib.Path(sys.argv[2])


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()


class Fixture(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.directory)
        self.output, self.log = f'{self.directory}/events.jsonl', f'{self.directory}/log'

    def wait_for(self, condition, pause=0.05):
        end = time.monotonic() + PATIENCE
        while not (value := condition()):
            self.assertLess(time.monotonic(), end, self.said())
            time.sleep(pause)
        return value

    def said(self):
        return pathlib.Path(self.log).read_text(encoding='utf-8')

    def run_wrong(self, *arguments):
        """What the program says that cannot start."""
        done = subprocess.run([monitor, '--no-table', *arguments, CAMERA], capture_output=True,
                              text=True, timeout=PATIENCE, check=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        return done.stderr

    def start(self, *options, cameras=(f'door={CAMERA}',)):
        with open(self.log, 'w', encoding='utf-8') as log:
            self.process = subprocess.Popen(
                [monitor, '--no-table', '-o', self.output, '--http=0', *options, *cameras], stderr=log)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)
        found = self.wait_for(lambda: re.search(r'serving https?://127\.0\.0\.1:(\d+)/', self.said()))
        self.port = int(found[1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(PATIENCE), 0, self.said())

    def ask(self, path, method='GET', headers=None, body=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=PATIENCE)
        connection.request(method, path, body, headers or {})
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def json(self, path):
        return json.loads(self.ask(path).body)

    def send(self, data):
        """The first line of what comes back for these bytes; '' when the connection is cut."""
        with socket.create_connection(('127.0.0.1', self.port), PATIENCE) as plug:
            try:
                plug.sendall(data)
                return plug.recv(1000).split(b'\r\n')[0].decode()
            except (BrokenPipeError, ConnectionResetError):
                return ''

    def frames(self):
        return self.json('/api/cameras')['cameras'][0]['counters'].get('frames', 0)

    def check_alive(self):
        """The camera goes on."""
        frames = self.frames()
        self.wait_for(lambda: self.frames() > frames + 5)


class Stream:
    """A reader of /events."""

    def __init__(self, port, path='/events', headers=None):
        self.connection = http.client.HTTPConnection('127.0.0.1', port, timeout=PATIENCE)
        self.connection.request('GET', path, headers=headers or {})
        self.response = self.connection.getresponse()

    def read(self, n):
        """The next n events: id and data."""
        events, fields = [], {}
        while len(events) < n:
            line = self.response.readline().decode().rstrip('\n')
            name, _, value = line.partition(': ')
            if name in ('id', 'event', 'data'):
                fields[name] = value
            elif not line and 'data' in fields:
                events.append((fields.get('event', 'message'), fields['id'], json.loads(fields['data'])))
                fields = {}
        return events

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.response.close()
        self.connection.close()


class Api(Fixture):
    def validate(self, answer):
        import jsonschema
        schema = json.loads((docs / 'microexpr-live.schema.json').read_text(encoding='utf-8'))
        jsonschema.validate(answer, schema)
        return answer

    def test_cameras_and_events_fit_the_schema(self):
        self.start(cameras=(f'door={CAMERA}', 'gone=rtsp://127.0.0.1:1/x'))
        self.wait_for(lambda: len(self.json('/api/events')['events']) >= 3)
        door, gone = self.validate(self.json('/api/cameras'))['cameras']
        self.assertEqual((door['name'], door['state'], door['faces']), ('door', 'watching', 1))
        self.assertEqual((gone['name'], gone['watching']), ('gone', False))
        self.assertIn('Could not', gone['reason'])
        answer = self.validate(self.json('/api/events'))
        import jsonschema
        schema = json.loads((docs / 'microexpr-event.schema.json').read_text(encoding='utf-8'))
        for item in answer['events']:
            event = dict(item['event'])
            self.assertEqual((item['camera'], event.pop('connection'), event['source']), (0, 1, 'door'))
            event.pop('received')
            jsonschema.validate(event, schema)
        self.assertEqual(len(self.json('/api/events?most=2')['events']), 2)
        self.assertEqual(self.json('/api/events?camera=1')['events'], [])
        self.assertEqual(self.json('/api/events?kind=blink')['events'], [])
        second = answer['events'][1]['id']
        self.assertEqual(self.json(f'/api/events?after={second}')['events'][0], answer['events'][2])
        for wrong in ('camera=2', 'camera=-1', 'camera=x', 'kind=nothing', 'most=x'):
            self.assertEqual(self.ask(f'/api/events?{wrong}').status, 400, wrong)

    def test_metrics_are_those_of_the_cameras(self):
        self.start(cameras=(f'a "door"={CAMERA}', 'gone=rtsp://127.0.0.1:1/x'))
        self.assertEqual(self.ask('/healthz').body, b'ok\n')
        self.wait_for(lambda: len(self.json('/api/events')['events']) >= 3)
        answer = self.ask('/metrics')
        self.assertIn('version=0.0.4', answer.headers['Content-Type'])
        values = {}
        for line in answer.body.decode().splitlines():
            if not line.startswith('#'):
                name, value = re.fullmatch(r'(microexpr_\w+(?:\{.*\})?) (\S+)', line).groups()
                values[name] = float(value)
        door = r'camera="a \"door\""'
        self.assertEqual(values[f'microexpr_camera_up{{{door}}}'], 1)
        self.assertEqual(values['microexpr_camera_up{camera="gone"}'], 0)
        self.assertGreater(values[f'microexpr_frames_total{{{door}}}'], 50)
        self.assertGreaterEqual(values[f'microexpr_events_total{{{door},kind="micro"}}'], 3)
        self.assertEqual(values[f'microexpr_resets_total{{{door},reason="seek"}}'], 0)
        self.assertEqual(values[f'microexpr_latency_seconds_bucket{{{door},le="+Inf"}}'],
                         values[f'microexpr_latency_seconds_count{{{door}}}'])
        self.assertGreater(values[f'microexpr_latency_seconds_count{{{door}}}'], 50)
        dashboard = (docs.parent / 'examples' / 'grafana-dashboard.json').read_text(encoding='utf-8')
        json.loads(dashboard)
        served = {line.split()[2] for line in answer.body.decode().splitlines() if line.startswith('# TYPE')}
        shown = {re.sub('_bucket$', '', name) for name in re.findall(r'microexpr_\w+', dashboard)}
        self.assertEqual(shown - served, set())
        if shutil.which('promtool'):
            said = subprocess.run(['promtool', 'check', 'metrics'], input=answer.body,
                                  capture_output=True, check=False)
            self.assertEqual((said.returncode, said.stderr), (0, b''))

    def test_readers_go_on_where_they_were(self):
        self.start()
        with Stream(self.port, '/events?after=0') as reader:
            self.assertEqual(reader.response.headers['Content-Type'], 'text/event-stream')
            first = reader.read(2)
        last = int(first[-1][1].partition('-')[2])
        self.wait_for(lambda: int(self.json('/api/events')['last'].partition('-')[2]) > last + 2)
        with Stream(self.port, headers={'Last-Event-ID': first[-1][1]}) as reader:
            events = first + reader.read(4)
        self.assertEqual([int(i.partition('-')[2]) for _, i, _ in events], [1, 2, 3, 4, 5, 6])
        self.assertEqual({kind for kind, _, _ in events}, {'message'})
        # Of another run: all that is kept, since nobody knows what was missed.
        with Stream(self.port, headers={'Last-Event-ID': '123-5'}) as reader:
            self.assertEqual(reader.read(1)[0], events[0])
        self.stop()
        lines = pathlib.Path(self.output).read_text(encoding='utf-8').splitlines()
        self.assertEqual([json.loads(line) for line in lines[:6]], [e for _, _, e in events])


class Pictures(Fixture):
    def pictures(self, n, path='/api/cameras/0/picture'):
        """n pictures: what each says of its location, and the JPEG."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=PATIENCE)
        connection.request('GET', path)
        response = connection.getresponse()
        self.assertEqual(response.headers['Content-Type'], 'multipart/x-mixed-replace; boundary=picture')
        found = []
        while len(found) < n:
            self.assertEqual(response.readline(), b'--picture\r\n')
            headers = http.client.parse_headers(response)
            self.assertEqual(headers['Content-Type'], 'image/jpeg')
            found.append((headers['Content-Location'], response.read(int(headers['Content-Length']))))
            self.assertEqual(response.readline(), b'\r\n')
        response.close()
        connection.close()
        return found

    def decode(self, jpeg, caps='format=GRAY8,width=320,height=240'):
        return subprocess.run(
            ['gst-launch-1.0', '-q', 'fdsrc', '!', 'jpegdec', '!', 'videoconvert', '!',
             f'video/x-raw,{caps}', '!', 'fdsink'], input=jpeg, capture_output=True, check=True).stdout

    def n_made(self):
        return int(re.search(r'pictures_total{camera="door"} (\d+)', self.ask('/metrics').body.decode())[1])

    def sharpness(self, *options):
        """Of the middle of the face, which the test source keeps in the middle of the picture."""
        self.start(*options)
        self.wait_for(lambda: self.json('/api/cameras')['cameras'][0]['faces'] == 1)
        picture = self.decode(self.pictures(8)[-1][1])
        self.stop()
        rows = [picture[320 * y + 130:320 * y + 190] for y in range(90, 150)]
        return sum(abs(a - b) for row in rows for a, b in zip(row, row[1:]))

    def test_they_are_made_only_while_somebody_looks(self):
        self.start()
        self.check_alive()
        self.assertEqual(self.n_made(), 0)
        begin = time.monotonic()
        found = self.pictures(10)
        self.assertLessEqual(self.n_made(), 5 * (time.monotonic() - begin) + 2)
        self.assertEqual({location for location, _ in found}, {'/api/cameras/0/picture'})
        self.assertEqual(len({jpeg for _, jpeg in found}), 10)
        self.assertEqual(len(self.decode(found[-1][1])), 320 * 240)
        self.wait_for(lambda: b'microexpr_http_readers 0\n' in self.ask('/metrics').body)
        made = -1

        def ended():
            nonlocal made
            before, made = made, self.n_made()
            self.check_alive()
            return made == before == self.n_made()
        self.wait_for(ended)

    def test_all_cameras_in_one_stream(self):
        self.start(cameras=(f'a={CAMERA}', 'gone=rtsp://127.0.0.1:1/x', f'b={CAMERA}'))
        found = {location for location, _ in self.pictures(12, '/api/pictures')}
        self.assertEqual(found, {'/api/cameras/0/picture', '/api/cameras/2/picture'})

    def test_faces_are_covered(self):
        self.assertLess(self.sharpness('--anonymize'), 0.6 * self.sharpness())


class Page(Fixture):
    def test_it_needs_nothing_else_and_holds_nothing(self):
        self.start()
        answer = self.ask('/')
        self.assertEqual((answer.status, answer.headers['Content-Type']), (200, 'text/html; charset=utf-8'))
        policy = answer.headers['Content-Security-Policy']
        for part in ("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'",
                     "base-uri 'none'", "form-action 'none'"):
            self.assertIn(part, policy)
        self.assertNotIn('unsafe', policy)
        html = answer.body.decode()
        self.assertNotIn('door', html)
        self.assertEqual(re.findall(r'(?:src|href)="(?!data:,|#)[^"]*"', html), [])


class Readers(Fixture):
    """None of them disturbs a camera."""

    def plug(self, request=b''):
        plug = socket.socket()
        self.addCleanup(plug.close)
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        plug.connect(('127.0.0.1', self.port))
        plug.sendall(request)
        return plug

    def test_readers_that_never_read(self):
        self.start()
        for _ in range(60):
            self.plug(b'GET /events?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n')
        for _ in range(20):
            self.plug(b'GET /api/pictures HTTP/1.1\r\nHost: localhost\r\n\r\n')
        self.check_alive()
        self.assertEqual(self.ask('/healthz').status, 200)

    def test_too_many_readers_and_connections_are_refused(self):
        self.start()
        with contextlib.ExitStack() as stack:
            readers = [stack.enter_context(Stream(self.port)) for _ in range(100)]
            self.assertEqual({r.response.status for r in readers}, {200})
            self.assertEqual(self.ask('/events').status, 503)
            self.check_alive()
        self.wait_for(lambda: b'microexpr_http_readers 0\n' in self.ask('/metrics').body)
        plugs = [self.plug() for _ in range(140)]
        self.wait_for(lambda: any(self.is_cut(plug) for plug in plugs))
        for plug in plugs:
            plug.close()
        self.wait_for(self.is_up)
        self.check_alive()

    @staticmethod
    def is_cut(plug):
        plug.setblocking(False)
        try:
            return plug.recv(1) == b''
        except BlockingIOError:
            return False
        except ConnectionError:
            return True

    def is_up(self):
        try:
            return self.ask('/healthz').status == 200
        except (ConnectionError, http.client.HTTPException):
            return False

    def test_who_sends_slowly_is_cut_off(self):
        self.start()
        plugs = [self.plug(n * b'G') for n in range(30)]
        self.check_alive()

        def all_cut():
            for plug in plugs:
                with contextlib.suppress(ConnectionError):
                    plug.sendall(b'G')
            return all(self.is_cut(plug) for plug in plugs)
        self.wait_for(all_cut)


class Attacks(Fixture):
    def test_no_path_reaches_a_file(self):
        self.start()
        for path in ('/../../../../etc/passwd', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd',
                     '/..%2f..%2fetc%2fpasswd', '/etc/passwd', '/events.jsonl', '/api', '/api/',
                     '/api/cameras/', '/api/cameras/0', '/api/cameras/0/', '/api/cameras/1/picture',
                     '/api/cameras/-1/picture', '/api/cameras/0x0/picture',
                     '/api/cameras/0/picture/', '/api/cameras/0/picture/../../../etc/passwd',
                     '/api/cameras/0/../0/picture%00', '/events/', '/%00', '/metrics%00.html'):
            said = self.send(f'GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n'.encode())
            self.assertIn(said[9:12], ('400', '404'), path)
        self.check_alive()

    def test_other_hosts_are_refused(self):
        self.start('--http-host=watch.example')
        for host in ('localhost', '127.0.0.1', f'localhost:{self.port}', '[::1]:80', 'watch.example'):
            self.assertEqual(self.ask('/healthz', headers={'Host': host}).status, 200, host)
        for host in ('evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example:80'):
            self.assertEqual(self.ask('/healthz', headers={'Host': host}).status, 421, host)
        for host in ('', 'Host:\r\n', 'Host: a/b\r\n', 'Host: a@evil\r\n'):
            said = self.send(f'GET /healthz HTTP/1.1\r\n{host}\r\n'.encode())
            self.assertIn(said[9:12], ('400', '421'), host)
        self.assertIn('421', self.send(b'GET http://evil.example/healthz HTTP/1.1\r\n'
                                       b'Host: localhost\r\n\r\n'))

    def test_other_sites_see_nothing(self):
        self.start()
        elsewhere = {'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'image'}
        self.assertEqual(self.ask('/api/cameras', headers=elsewhere).status, 403)
        answer = self.ask('/api/cameras', headers={'Sec-Fetch-Site': 'same-origin'})
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers['Cross-Origin-Resource-Policy'], 'same-origin')
        self.assertEqual(answer.headers['X-Frame-Options'], 'DENY')
        self.assertIsNone(answer.headers['Access-Control-Allow-Origin'])

    def test_pages_of_other_monitors_may_read_if_named(self):
        self.start('--http-origin=http://other.example:8080/', '--http-peer=https://Third.example:443')
        preflight = {'Access-Control-Request-Method': 'GET', 'Sec-Fetch-Site': 'cross-site',
                     'Access-Control-Request-Headers': 'authorization'}
        for origin, status, asked in (('http://other.example:8080', 200, 204),
                                      ('http://other.example', 403, 403),
                                      ('http://other.example:8080.evil.example', 403, 403),
                                      ('https://third.example', 403, 403), ('null', 403, 403)):
            headers = {'Origin': origin, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors'}
            answer = self.ask('/api/cameras', headers=headers)
            allowed = origin if status == 200 else None
            self.assertEqual((answer.status, answer.headers['Access-Control-Allow-Origin']),
                             (status, allowed), origin)
            self.assertIsNone(answer.headers['Access-Control-Allow-Credentials'])
            answer = self.ask('/api/cameras', 'OPTIONS', {'Origin': origin, **preflight})
            self.assertEqual((answer.status, answer.body if status == 200 else b''), (asked, b''), origin)
        self.assertEqual(self.ask('/api/cameras', 'OPTIONS').status, 405)
        self.assertEqual(self.json('/api/cameras')['peers'], ['https://third.example'])
        self.assertIn("connect-src 'self' https://third.example;",
                      self.ask('/').headers['Content-Security-Policy'])
        for wrong in ('x', 'ftp://a', 'http://a;b', 'http://a b', 'http://a/x', 'http://a?x', 'http://u@a',
                      "http://a'", 'http://*', '*', ''):
            for option in ('--http-peer', '--http-origin'):
                self.assertIn('must be the address', self.run_wrong('--http=0', f'{option}={wrong}'), wrong)

    def test_what_is_no_plain_request_is_refused(self):
        self.start()
        for method, status in (('PUT', 405), ('DELETE', 405), ('TRACE', 405), ('OPTIONS', 405),
                               ('POST', 405), ('GE\x01T', 405)):
            said = self.send(f'{method} /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'.encode())
            self.assertIn(said[9:12], (str(status), '400'), method)
        for request, statuses in (
                (b'GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello', ['413']),
                (b'GET /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
                 b'0\r\n\r\n', ['413']),
                (b'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ' + 200000 * b'x' + b'\r\n\r\n',
                 ['400', '']),
                (b'GET /healthz?' + 5000 * b'x' + b' HTTP/1.1\r\nHost: localhost\r\n\r\n', ['414']),
                (b'CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\n\r\n', ['400', '404', '405', '421']),
                (b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', ['400', '']),
                (b'\r\n\r\n\0\0\r\n\r\n', ['400', ''])):
            self.assertIn(self.send(request)[9:12], statuses, request[:60])
        self.assertEqual(self.ask('/healthz', 'HEAD').body, b'')
        self.check_alive()


class Token(Fixture):
    def token_file(self, text=TOKEN + '\n', mode=0o600):
        path = f'{self.directory}/token'
        pathlib.Path(path).write_text(text, encoding='utf-8')
        os.chmod(path, mode)
        return f'--http-token-file={path}'

    def test_nothing_is_told_without_it(self):
        self.start(self.token_file())
        bearer = {'Authorization': f'Bearer {TOKEN}'}
        self.assertEqual(self.ask('/healthz').status, 200)
        for path in ('/metrics', '/events', '/api/cameras', '/api/events', '/api/cameras/0/picture',
                     '/api/pictures', '/etc/passwd'):
            answer = self.ask(path)
            self.assertEqual((answer.status, answer.body), (401, b'401 Unauthorized\n'), path)
        for wrong in ('', TOKEN, f'Bearer {TOKEN[:-1]}', f'Bearer {TOKEN}x', f'Basic {TOKEN}', 'Bearer '):
            self.wait_for(lambda: self.ask('/healthz').status == 200)
            self.assertIn(self.ask('/metrics', headers={'Authorization': wrong}).status, (401, 429), wrong)
        self.wait_for(lambda: self.ask('/metrics', headers=bearer).status == 200)
        self.assertNotIn(TOKEN, self.said())

    def test_a_browser_brings_it_once(self):
        self.start(self.token_file())
        self.assertEqual(self.ask('/api/session', 'POST').status, 401)
        answer = self.ask('/api/session', 'POST', {'Authorization': f'Bearer {TOKEN}'})
        self.assertEqual(answer.status, 204)
        cookie, *rest = answer.headers['Set-Cookie'].split('; ')
        self.assertNotIn(TOKEN, cookie)
        self.assertLessEqual({'HttpOnly', 'SameSite=Strict', 'Path=/'}, {*rest})
        self.assertEqual(self.ask('/api/cameras', headers={'Cookie': cookie}).status, 200)
        self.assertEqual(self.ask('/api/cameras', headers={'Cookie': f'a=b; {cookie}; c'}).status, 200)
        self.assertEqual(self.ask('/api/cameras', headers={'Cookie': cookie + '0'}).status, 401)

    def test_guessing_is_slow(self):
        self.start(self.token_file())
        wrong = {'Authorization': f'Bearer {TOKEN[::-1]}'}
        self.assertEqual(self.ask('/metrics', headers=wrong).status, 401)
        self.wait_for(lambda: self.ask('/metrics', headers=wrong).status == 429, pause=0)
        self.wait_for(lambda: self.ask('/healthz').status == 200)

    def test_it_is_kept_secret(self):
        self.assertIn('chmod 600', self.run_wrong('--http=0', self.token_file(mode=0o644)))
        self.assertIn('16 to 512', self.run_wrong('--http=0', self.token_file('short')))
        self.assertIn('No such file', self.run_wrong('--http=0', '--http-token-file=/nowhere/token'))
        self.assertIn('regular file', self.run_wrong('--http=0', '--http-token-file=/dev/null'))
        for address in ('0.0.0.0:0', '[::]:0', '192.0.2.1:0'):
            self.assertIn('needs --http-token-file', self.run_wrong(f'--http={address}'))
        for address in ('', 'x', '70000', '-1', 'localhost', '::1:80', 'example.org:80', '1.2.3.4.5:8'):
            self.assertIn('must be a port', self.run_wrong(f'--http={address}'), address)
        self.assertIn('belong together', self.run_wrong('--http=0', '--http-key=/nowhere'))

    def test_over_tls(self):
        if not shutil.which('openssl'):
            self.skipTest('needs openssl')
        key, certificate = f'{self.directory}/key.pem', f'{self.directory}/certificate.pem'
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2',
                        '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost',
                        '-keyout', key, '-out', certificate], check=True, capture_output=True)
        self.start(self.token_file(), f'--http-certificate={certificate}', f'--http-key={key}')
        context = ssl.create_default_context(cafile=certificate)
        connection = http.client.HTTPSConnection('localhost', self.port, timeout=PATIENCE, context=context)
        connection.request('POST', '/api/session', headers={'Authorization': f'Bearer {TOKEN}'})
        answer = Answer(connection.getresponse())
        self.assertEqual(answer.status, 204)
        self.assertIn('Secure', answer.headers['Set-Cookie'])
        connection.close()
        self.assertEqual(self.send(b'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'), '')

    def openssl(self, *arguments):
        subprocess.run(['openssl', *arguments], check=True, capture_output=True, cwd=self.directory)

    def make_authority(self, name):
        self.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', f'/CN={name}',
                     '-keyout', f'{name}.key', '-out', f'{name}.pem')

    def make_certificate(self, name, authority, use, days='2'):
        pathlib.Path(self.directory, 'extensions').write_text(
            f'subjectAltName=DNS:localhost\nextendedKeyUsage={use}\n', encoding='utf-8')
        self.openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', f'/CN={name}',
                     '-keyout', f'{name}.key', '-out', f'{name}.csr')
        self.openssl('x509', '-req', '-in', f'{name}.csr', '-CA', f'{authority}.pem', '-CAkey',
                     f'{authority}.key', '-CAcreateserial', '-days', days, '-extfile', 'extensions',
                     '-out', f'{name}.pem')

    def ask_with(self, certificate, path='/api/cameras', headers=None):
        """The status; 0: the connection is cut."""
        context = ssl.create_default_context(cafile=f'{self.directory}/house.pem')
        if certificate:
            context.load_cert_chain(*(f'{self.directory}/{certificate}.{end}' for end in ('pem', 'key')))
        connection = http.client.HTTPSConnection('localhost', self.port, timeout=PATIENCE, context=context)
        try:
            connection.request('GET', path, headers=headers or {})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def test_certificates_let_in(self):
        if not shutil.which('openssl'):
            self.skipTest('needs openssl')
        for authority in ('house', 'stranger'):
            self.make_authority(authority)
        self.make_certificate('server', 'house', 'serverAuth')
        self.make_certificate('reader', 'house', 'clientAuth')
        self.make_certificate('thief', 'stranger', 'clientAuth')
        tls = [f'--http-certificate={self.directory}/server.pem', f'--http-key={self.directory}/server.key',
               f'--http-client-ca={self.directory}/house.pem']
        self.start(*tls)
        self.assertIn('with a certificate', self.said())
        self.assertEqual(self.ask_with('reader'), 200)
        self.assertEqual(self.ask_with(None), 401)
        self.assertEqual(self.ask_with(None, headers={'Authorization': f'Bearer {TOKEN}'}), 401)
        self.assertEqual(self.ask_with(None, headers={'Cookie': f'microexpr-{self.port}='}), 401)
        self.assertEqual(self.ask_with(None, '/healthz'), 200)
        for wrong in ('thief', 'stranger'):
            self.assertEqual(self.ask_with(wrong), 0, wrong)
            self.assertEqual(self.ask_with(wrong, '/healthz'), 0, wrong)
        self.stop()
        # A token does, too.
        self.start(self.token_file(), *tls)
        self.assertEqual(self.ask_with('reader'), 200)
        self.assertEqual(self.ask_with(None), 401)
        self.assertEqual(self.ask_with(None, headers={'Authorization': f'Bearer {TOKEN}'}), 200)
        self.assertIn('needs --http-certificate', self.run_wrong('--http=0', tls[2]))
        self.assertIn('--http-client-ca=/dev/null', self.run_wrong(
            '--http=0', *tls[:2], '--http-client-ca=/dev/null'))


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
