"""The room over the network: a real server, real requests, thirty phones, a killed server, forged and foul requests."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the workshop is not installed: pip install 'linli[workshop]'")
httpx = pytest.importorskip("httpx")

from rooms import REGIME, TURNOUT, served  # noqa: E402

N_PHONES = 30


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("served") / "room", crowd=True) as server:
        yield server


@pytest.fixture(scope="module")
def desk(server):
    with server.desk() as desk:
        yield desk


@pytest.fixture
def ask(desk):
    """Opens a question; puts it away afterwards."""
    asked = []

    def opened(about):
        response = desk.post("/room/open", json={"about": about})
        assert response.status_code == 200, response.text
        asked.append(response.json()["done"])
        return asked[-1]

    yield opened
    for key in asked:
        desk.post("/room/close", json={"question": key})
        assert desk.post("/room/archive", json={"question": key}).status_code == 200


def shown(phone, key):
    """A question as a phone sees it."""
    questions = phone.get("/p/state").json()["questions"]
    return next(question for question in questions if question["id"] == key)


def refused(response, *statuses):
    """The sentence of a refusal, in both languages."""
    assert response.status_code in statuses, (response.status_code, response.text[:300])
    said = response.json()["error"]
    assert set(said) == {"en", "zh"} and said["en"].count(".") >= 1 and said["zh"].endswith("。")
    assert "Traceback" not in response.text and len(response.text) < 600
    return said["en"]


# Voting


def test_thirty_phones_vote_at_once_and_no_vote_is_lost_doubled_or_shown(server, desk, ask):
    key = ask(REGIME)
    choices = [random.Random(3).choice(["cadre", "eight", "near"]) for _ in range(N_PHONES)]
    seen: list[str] = []

    async def vote(n):
        async with httpx.AsyncClient(base_url=server.url, timeout=60, verify=False) as phone:
            await phone.get("/p")
            await phone.post("/p/join", json={})
            others = [choice for choice in ("cadre", "eight", "near") if choice != choices[n]]
            for choice in (others[0], choices[n]):
                response = await phone.post("/p/answer", json={"question": key, "answer": choice})
                assert response.status_code == 200, response.text
                question = next(each for each in response.json()["questions"] if each["id"] == key)
                assert question["yours"] == choice and question["result"] is None
                seen.append(json.dumps({**question, "yours": None, "choices": None}))

    async def all_at_once():
        await asyncio.gather(*(vote(n) for n in range(N_PHONES)))

    asyncio.run(all_at_once())
    assert not [text for text in seen if any(choice in text for choice in ("cadre", "eight", "near"))]
    question = desk.post("/room/reveal", json={"question": key}).json()["questions"][0]
    assert question["answers"] == N_PHONES
    assert question["result"] == {"counts": {c: choices.count(c) for c in ("cadre", "eight", "near")}, "n": N_PHONES}


def test_two_answers_of_one_phone_count_once(server, ask):
    key = ask(TURNOUT)
    with server.phone() as phone:
        phone.post("/p/join", json={})
        for value in (5, 7):
            assert phone.post("/p/answer", json={"question": key, "answer": value}).status_code == 200
        assert (shown(phone, key)["answers"], shown(phone, key)["yours"]) == (1, 7.0)


def test_the_same_state_is_not_sent_twice(server, ask):
    key = ask(TURNOUT)
    with server.phone() as phone, server.phone() as other:
        first = phone.get("/p/state")
        again = phone.get("/p/state", headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 304 and again.content == b""
        other.post("/p/answer", json={"question": key, "answer": 5})
        assert phone.get("/p/state", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_a_killed_server_comes_back_with_every_answer_it_had_acknowledged(tmp_path):
    with served(tmp_path / "room") as server, server.desk() as desk:
        key = desk.post("/room/open", json={"about": TURNOUT}).json()["done"]
        phones = [server.phone() for _ in range(8)]
        heard: dict[int, list[int]] = {n: [] for n in range(len(phones))}
        sent: dict[int, int] = {}

        def answer_on(n):
            for value in range(40):
                try:
                    sent[n] = value
                    response = phones[n].post("/p/answer", json={"question": key, "answer": value})
                except httpx.TransportError:
                    return
                if response.status_code == 429:
                    time.sleep(0.2)
                    continue
                assert response.status_code == 200
                heard[n].append(value)

        threads = [threading.Thread(target=answer_on, args=(n,)) for n in range(len(phones))]
        for thread in threads:
            thread.start()
        while sum(map(len, heard.values())) < 40:
            time.sleep(0.005)
        server.kill()
        for thread in threads:
            thread.join()
        server.start()
        assert all(heard.values())
        for n, phone in enumerate(phones):
            assert shown(phone, key)["yours"] in (heard[n][-1], sent[n]), "the last one heard, or one under way"
        assert desk.get("/room/state").json()["questions"][0]["answers"] == len(phones)


def test_the_histogram_is_shown_over_the_model_only_after_the_reveal(server, desk, ask):
    key = ask(TURNOUT)
    with server.phone() as phone:
        phone.post("/p/answer", json={"question": key, "answer": 12})
        assert refused(desk.post("/room/reveal", json={"question": key, "model": ["x"]}), 422)
        desk.post("/room/reveal", json={"question": key, "model": [10.5, 31.5]})
        result = shown(phone, key)["result"]
    assert result["edges"][0] == 10 and sum(result["guesses"]) == 1 and sum(result["model"]["counts"]) == 2
    rows = desk.get("/room/answers.csv?lang=en").text
    assert rows.startswith("\ufeffnumber,kind") and f"{key},guess,revealed" in rows


# Forged, foul, foreign


@pytest.mark.parametrize("token", ["", "x", "a" * 45, "a" * 22 + "." + "b" * 22, "x" * 5_000, "%00", "é", '"; drop'])
def test_a_forged_token_sees_and_answers_nothing(server, desk, ask, token):
    key = ask(REGIME)
    cookie = json.loads((server.folder / "for_tests.json").read_text())["cookie"]
    headers = {"Cookie": f"{cookie}={token}".encode(), "Content-Type": "application/json"}
    content = json.dumps({"question": key, "answer": "near"}).encode()
    refused(server.once("POST", "/p/answer", headers=headers, content=content), 401)
    refused(server.once("GET", "/p/state", headers=headers), 401)
    assert desk.get("/room/state").json()["questions"][0]["answers"] == 0


def test_another_phones_name_on_disk_is_no_token(server, ask):
    key = ask(REGIME)
    with server.phone() as phone:
        phone.post("/p/answer", json={"question": key, "answer": "near"})
        cookie, token = next(iter(phone.cookies.items()))
    kept = re.findall(r'"who": "(\w+)"', (server.folder / "room.jsonl").read_text())
    assert token not in kept
    refused(server.once("GET", "/p/state", headers={"Cookie": f"{cookie}={kept[-1]}"}), 401)


FACILITATOR = [
    ("GET", "/room/state"), ("GET", "/room/qr.svg"), ("GET", "/room/answers.csv"), ("POST", "/room/open"),
    ("POST", "/room/close"), ("POST", "/room/reveal"), ("POST", "/room/archive"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), FACILITATOR)
def test_a_participant_cannot_do_what_the_facilitator_does(server, ask, method, path):
    key = ask(REGIME)
    with server.phone() as phone:
        name, token = next(iter(phone.cookies.items()))
        sent = {"question": key} if method == "POST" else None
        refused(phone.request(method, path, json=sent), 403)
        for guessed in (token, "", server.token[:-1], server.token + "x", server.token.swapcase()):
            cookie = {"Cookie": f"{name.replace('phone', 'desk')}={guessed}"}
            refused(server.once(method, path, json=sent, headers=cookie), 403)
        assert shown(phone, key)["state"] == "open"


def test_the_facilitators_link_leaves_a_cookie_and_no_trace(server):
    with httpx.Client(base_url=server.url) as browser:
        wrong = browser.get("/?token=" + "x" * 22)
        assert wrong.status_code == 403 and "主持人链接" in wrong.text and not browser.cookies
        right = browser.get(f"/?look=abc&token={server.token}")
        assert right.status_code == 200 and 'content="0;url=/?look=abc"' in right.text
        cookie = right.headers["set-cookie"].lower()
        assert (
            "httponly" in cookie and "samesite=strict" in cookie and right.headers["referrer-policy"] == "no-referrer"
        )
        assert browser.get("/?look=abc").json() == {"facilitator": True, "query": "look=abc"}
        assert server.once("GET", "/?look=%3C%22").json() == {"facilitator": False, "query": "look=%3C%22"}
        for address, on in (("/en?", "/en"), ("/zh?look=abc&", "/zh?look=abc"), ("/en//evil.test?", "/"), ("/p?", "/")):
            assert f'content="0;url={on}"' in browser.get(f"{address}token={server.token}").text
        foul = browser.get(f"/?a=%22%3E%3Cscript%3E&token={server.token}").text
        assert 'content="0;url=/?a=%22%3E%3Cscript%3E">' in foul and "<script>" not in foul
    log = server.log.read_text()
    assert "GET / HTTP" in log or "GET /?look=abc HTTP" in log
    assert server.token not in log and "x" * 22 not in log


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://elsewhere.example"}, 403), ({"Origin": "null"}, 403), ({"Origin": "http://[::bad"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403), ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403), ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415), ({"Content-Type": ""}, 415),
    ],
)  # fmt: skip
def test_other_pages_cannot_answer_or_act(server, desk, ask, headers, status):
    key = ask(REGIME)
    sent = {"Content-Type": "application/json", **headers}
    with server.phone() as phone:
        refused(phone.post("/p/answer", content=json.dumps({"question": key, "answer": "near"}), headers=sent), status)
        refused(desk.post("/room/close", content=json.dumps({"question": key}), headers=sent), status)
        question = shown(phone, key)
        assert question["answers"] == 0 and question["state"] == "open"
        own = {"Origin": server.url, "Sec-Fetch-Site": "same-origin"}
        assert phone.post("/p/answer", json={"question": key, "answer": "near"}, headers=own).status_code == 200


def foul(key):
    """Bodies that are no answer."""
    deep = "[" * 900
    yield from (b"", b"{", b"null", b"[]", b'"x"', b"5", b"\xff\xfe", b"\x00" * 50, deep.encode(), b'{"a":' * 300)
    yield from (b'{"question": NaN, "answer": 1}', b'{"question": 1e999, "answer": 1}', b'{"question": 1}')
    yield json.dumps({"question": key, "answer": 5, "more": 1}).encode()
    yield b'{"question": %d, "answer": NaN}' % key
    yield b'{"question": %d, "answer": -Infinity}' % key
    yield b'{"question": %d, "answer": 1e999}' % key
    yield b'{"question": %d, "answer": %s}' % (key, b"9" * 1_500)
    yield b'{"question": %s, "answer": 5}' % (b"9" * 1_500)
    yield b'{"question": %d, "answer": %s}' % (key, b"[" * 800 + b"]" * 800)
    for answer in (None, True, "5", "", "near", [], {}, [5], {"5": 5}, "\ud800", "💥" * 100, -1e308, 501, -201):
        yield json.dumps({"question": key, "answer": answer}).encode()
    for question in (None, True, "1", -1, 0, 10**30, 1.5, [], {}):
        yield json.dumps({"question": question, "answer": 5}).encode()


def test_foul_answers_get_a_sentence_and_the_server_lives(server, ask):
    key = ask(TURNOUT)
    dice = random.Random(8)
    noise = [bytes(dice.randrange(256) for _ in range(dice.randrange(300))) for _ in range(60)]
    valid = json.dumps({"question": key, "answer": 5}).encode()
    bent = [valid[:k] + bytes([dice.randrange(256)]) + valid[k + 1 :] for k in range(12)]
    phone = server.phone()
    for n, content in enumerate([*foul(key), *noise, *bent]):
        if n % 15 == 14:
            phone = server.phone()
        response = phone.post("/p/answer", content=content, headers={"Content-Type": "application/json"})
        if response.status_code != 200:
            refused(response, 404, 413, 422)
        else:
            assert content in bent
    assert server.once("GET", "/p").status_code == 200
    assert "Traceback" not in server.log.read_text()


def test_foul_requests_of_the_facilitator_get_a_sentence_too(server, desk, ask):
    key = ask(REGIME)
    for path in ("/room/open", "/room/close", "/room/reveal", "/room/archive"):
        for content in (b"", b"[]", b"{}", b'{"question": 10000}', b'{"question": null}', b'{"about": NaN}', b'{"about": 5}',
                        b'{"about": {"kind": "guess", "text": %s}}' % (b"[" * 900 + b"]" * 900)):  # fmt: skip
            time.sleep(0.03)
            refused(desk.post(path, content=content, headers={"Content-Type": "application/json"}), 404, 422)
    refused(desk.post("/room/reveal", json={"question": key, "model": [0.0] * 1_001}), 422)
    assert "Traceback" not in server.log.read_text()


def test_ten_megabytes_are_refused_unread(server, ask):
    key = ask(TURNOUT)
    content = json.dumps({"question": key, "answer": "x" * 10_000_000}).encode()
    for path in ("/p/answer", "/p/join"):
        with server.phone() as phone:
            refused(phone.post(path, content=content, headers={"Content-Type": "application/json"}), 413)
    with server.phone() as phone:
        chunks = (b"x" * 1_000 for _ in range(10_000))
        refused(phone.post("/p/answer", content=chunks, headers={"Content-Type": "application/json"}), 413)
    with server.desk() as desk:
        refused(desk.post("/room/open", content=content, headers={"Content-Type": "application/json"}), 413)
    with server.phone() as phone:
        assert phone.post("/p/answer", json={"question": key, "answer": 1}).status_code == 200


def test_a_broken_off_request_harms_nobody(server):
    for sent in (b"POST /p/answer HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
                 b"GARBAGE\r\n\r\n", b"POST /p/answer HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"):  # fmt: skip
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(sent)
    assert server.once("GET", "/p").status_code == 200


def test_a_hurried_phone_waits_and_the_others_do_not(server):
    with server.phone() as phone, server.phone() as other:
        statuses = [phone.get("/p/state").status_code for _ in range(60)]
        assert 429 in statuses and other.get("/p/state").status_code == 200
        refused(next(r for r in (phone.get("/p/state") for _ in range(60)) if r.status_code == 429), 429)


def test_one_address_cannot_bring_phones_without_end_and_a_room_behind_one_router_gets_in(tmp_path):
    with served(tmp_path / "room") as server, httpx.Client(base_url=server.url) as browser:
        statuses = []
        for _ in range(60):
            browser.cookies.clear()
            statuses.append(browser.post("/p/join", json={}).status_code)
    assert set(statuses[:40]) == {204} and 429 in statuses[40:]


def test_strangers_at_the_desk_do_not_keep_the_facilitator_out(tmp_path):
    with served(tmp_path / "room") as server, server.desk() as desk, httpx.Client(base_url=server.url) as stranger:
        assert {stranger.get("/room/state").status_code for _ in range(150)} == {403, 429}
        assert desk.get("/room/state").status_code == 200


# What is sent along


@pytest.mark.parametrize("path", ["/p", "/p/phone.js", "/p/phone.css", "/p/state", "/room/state"])
def test_every_answer_says_how_it_may_be_used(server, path):
    headers = server.once("GET", path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


def test_the_page_names_no_other_server_and_runs_no_script_of_its_own(server):
    for path in ("/p", "/p/phone.js", "/p/phone.css"):
        text = server.once("GET", path).text
        links = set(re.findall(r"https?://[^\s\"')]+", text))
        assert links <= {"http://www.w3.org/2000/svg"}
        assert not re.search(r"<script>|\son\w+=|style=|@import|url\(h", text)


@pytest.mark.parametrize(
    "path", ["/p/phone.html", "/p/..%2froom.py", "/p/x.js", "/p/phone.js.js", "/p/%2e%2e/room.jsonl"]
)
def test_no_other_file_is_served(server, path):
    assert server.once("GET", path).status_code == 404


def test_a_phones_cookie_is_its_own(server):
    with httpx.Client(base_url=server.url) as phone:
        cookie = phone.post("/p/join", json={}).headers["set-cookie"]
        assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower() and "Path=/p" in cookie
        assert "set-cookie" not in phone.post("/p/join", json={}).headers


def test_the_facilitator_sees_how_many_phones_there_are_and_where_they_go(server, desk):
    with server.phone() as phone:
        phone.get("/p/state")
        state = desk.get("/room/state").json()
    assert state["phones"] >= 1 and state["links"] == [f"{server.url}/p"]
    assert state["warning"]["en"].startswith("Phones cannot reach this server")
    picture = desk.get("/room/qr.svg")
    assert picture.headers["content-type"] == "image/svg+xml" and picture.text.startswith("<svg")
    refused(desk.get("/room/qr.svg?address=elsewhere.example"), 422)


# In a browser


CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed on this machine, so the phone page is not looked at")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def own_server(tmp_path):
    with served(tmp_path / "room") as server:
        yield server


def phone_in(browser, server, locale):
    """A phone's browser, and where its requests go and what it complains of."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale=locale, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{server.url}/p")
    return page


def look(page):
    """Let a phone ask at once what there is, as when its network is back; by itself it asks every two seconds."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def fits(page):
    """Whether nothing sticks out of the screen, and everything to touch is large enough."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    boxes = [
        box
        for node in page.query_selector_all("button, .choice, #cards input[type=text]")
        if (box := node.bounding_box())
    ]
    return wide <= 390 and all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)


WORDS = {
    "zh-CN": ("等待第一道题", "请填写−200到500人之间的数", "已收到您的答案：90人", "已有1人作答", "已结束", "仅有1人猜测：120人", "您的猜测：120人"),
    "en-GB": ("Waiting for the first question", "number from −200 to 500", "Your answer is in: 90 residents", "1 answer so far",
              "Closed.", "One guess: 120 residents", "Your guess: 120 residents"),
}  # fmt: skip


@pytest.mark.parametrize("locale", WORDS)
def test_a_guess_on_a_phone(browser, own_server, tmp_path, locale):
    server, (waiting, wrong, sent, count, closed, median, mine) = own_server, WORDS[locale]
    page = phone_in(browser, server, locale)
    page.get_by_text(waiting).wait_for()
    with server.desk() as desk:
        key = desk.post("/room/open", json={"about": TURNOUT}).json()["done"]
        page.wait_for_selector("#q1guess")
        assert fits(page) and page.evaluate("document.documentElement.lang") == ("zh-CN" if locale == "zh-CN" else "en")
        page.fill("#q1guess", "5000")
        page.click("#q1send")
        page.get_by_text(wrong).wait_for()
        assert page.get_attribute("#q1guess", "aria-invalid") == "true"
        page.fill("#q1guess", "９０")
        page.keyboard.press("Enter")
        page.get_by_text(sent).first.wait_for()
        page.get_by_text(count).wait_for()
        for _ in range(3):
            page.click("#q1more")
        page.click("#q1sign")
        page.click("#q1sign")
        page.click("#q1send")
        page.get_by_text("120").first.wait_for()
        desk.post("/room/close", json={"question": key})
        look(page)
        page.get_by_text(closed).first.wait_for()
        desk.post("/room/reveal", json={"question": key, "model": [30.0 + n for n in range(50)]})
        look(page)
        page.get_by_text(median).wait_for()
        page.get_by_text(mine).wait_for()
        page.screenshot(path=tmp_path / "guess.png", full_page=True)
        assert fits(page) and page.locator("svg.chart rect").count() > 3
    assert all(url.startswith(server.url + "/p") for url in page.asked) and not page.complaints
    page.context.close()


@pytest.mark.parametrize("locale", WORDS)
def test_a_vote_by_keyboard_changed_in_the_other_language(browser, own_server, locale):
    server = own_server
    page = phone_in(browser, server, locale)
    with server.desk() as desk, server.phone() as other:
        key = desk.post("/room/open", json={"about": REGIME}).json()["done"]
        look(page)
        page.wait_for_selector("#q1choice0")
        page.focus("#other")
        for pressed in ("Tab", "Space", "ArrowDown", "Tab", "Enter"):
            page.keyboard.press(pressed)
        page.get_by_text({"zh-CN": "已收到您的答案", "en-GB": "Your answer is in"}[locale]).first.wait_for()
        assert shown_answers(desk) == 1
        page.click("#other")
        page.click("label[for=q1choice2]")
        page.click("#q1send")
        page.get_by_text(
            {"zh-CN": "Your answer is in: Near consensus", "en-GB": "已收到您的答案：近乎共识"}[locale]
        ).first.wait_for()
        other.post("/p/answer", json={"question": key, "answer": "cadre"})
        assert desk.post("/room/reveal", json={"question": key}).json()["questions"][0]["result"]["counts"] == {
            "cadre": 1, "eight": 0, "near": 1}  # fmt: skip
        look(page)
        page.get_by_text({"zh-CN": "your choice", "en-GB": "您的选择"}[locale]).wait_for()
        assert fits(page)
        page.reload()
        page.get_by_text({"zh-CN": "your choice", "en-GB": "您的选择"}[locale]).wait_for()
    assert not page.complaints
    page.context.close()


def shown_answers(desk):
    """How many have answered the newest question."""
    return desk.get("/room/state").json()["questions"][0]["answers"]


@pytest.mark.slow
def test_a_lost_connection_is_said_and_the_answer_arrives_later(browser, own_server):
    server = own_server
    page = phone_in(browser, server, "en-GB")
    with server.desk() as desk:
        desk.post("/room/open", json={"about": TURNOUT})
        page.wait_for_selector("#q1guess")
        server.kill()
        page.fill("#q1guess", "33")
        page.click("#q1send")
        page.get_by_text("Not sent yet. Trying again").first.wait_for()
        page.get_by_text("Connection lost. Trying again").wait_for(timeout=30_000)
        server.start()
        page.get_by_text("Your answer is in: 33 residents").first.wait_for(timeout=30_000)
        page.wait_for_selector("#lost", state="hidden", timeout=30_000)
        assert shown_answers(desk) == 1
    page.context.close()


def test_two_tabs_of_one_browser_are_one_phone(browser, own_server):
    server = own_server
    page = phone_in(browser, server, "en-GB")
    with server.desk() as desk:
        desk.post("/room/open", json={"about": TURNOUT})
        look(page)
        page.wait_for_selector("#q1guess")
        tab = page.context.new_page()
        tab.goto(f"{server.url}/p")
        tab.wait_for_selector("#q1guess")
        for each, value in ((page, "1"), (tab, "2")):
            each.fill("#q1guess", value)
            each.click("#q1send")
            each.get_by_text(f"Your answer is in: {value} residents").first.wait_for()
        assert shown_answers(desk) == 1
    page.context.close()


def test_colours_can_be_told_from_their_ground():
    """The contrast of WCAG AA, 4.5 to 1, for every colour of text in the style against the grounds it stands on."""
    style = (Path(__file__).parents[2] / "workshop" / "static" / "phone.css").read_text(encoding="utf-8")

    def light(colour):
        digits = colour if len(colour) == 6 else "".join(2 * letter for letter in colour)
        parts = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one, other):
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for rule in re.findall(r"{([^}]*)}", style):
        ink, ground = re.search(r"(?<![-\w])color: #(\w+)", rule), re.search(r"background: #(\w+)", rule)
        if ink and ground:
            assert contrast(ink[1], ground[1]) >= 4.5, rule
        elif ink:
            assert min(contrast(ink[1], "fff"), contrast(ink[1], "f4f5f7")) >= 4.5, rule


def test_long_texts_and_large_numbers_stay_on_a_narrow_screen(browser, own_server):
    server = own_server
    page = phone_in(browser, server, "en-GB")
    page.set_viewport_size({"width": 320, "height": 640})
    long = {
        "kind": "guess",
        "text": "How much longer " * 12,
        "unit": "thousand yuan/year",
        "low": -1e9,
        "high": 1e9,
        "digits": 3,
    }
    with server.desk() as desk, server.phone() as other:
        guess = desk.post("/room/open", json={"about": long}).json()["done"]
        desk.post(
            "/room/open", json={"about": {"kind": "vote", "text": "W" * 200, "choices": ["x" * 60, "<b>y</b>" * 7]}}
        )
        look(page)
        page.get_by_text("<b>y</b><b>y</b>").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        other.post("/p/answer", json={"question": guess, "answer": -999_999_999.123})
        desk.post("/room/reveal", json={"question": guess, "model": [1e8, -1e9]})
        look(page)
        page.wait_for_selector("svg.chart")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        boxes = [node.bounding_box() for node in page.query_selector_all("svg.chart text")]
        assert boxes and all(a["x"] + a["width"] < b["x"] for a, b in itertools.pairwise(boxes))
    page.context.close()
