"""Calls that go on without their request: the life of a job, its events, and its ends."""

import json
import re
import signal

import pytest

from service import Service, clip, comparable, form
from test_faults import start, wait

LONG = {"provider": "megvii", "exhaustive": "true"}


def known(running, path, **headers):
    """A job as it is now; None if it is not known."""
    answer = running.get(path, **headers)
    return answer.json if answer.status == 200 else None


def done(running, path):
    """Waits for the end of a job."""
    wait(lambda: known(running, path)["state"] in ("done", "failed"))
    return known(running, path)


def test_a_job_from_its_beginning_to_its_end(service):
    answer = service.submit("check", clip("good-silent.mp4"), provider="tencent")
    path = answer.headers["Location"]
    assert answer.status == 202 and answer.headers["Preference-Applied"] == "respond-async"
    assert re.fullmatch("/v1/jobs/[0-9a-f]{32}", path)
    assert answer.json["schema"] == "vprep.job/1" and answer.json["state"] in ("queued", "running")
    assert (answer.json["call"], answer.json["result"], path) == ("check", None, "/v1/jobs/" + answer.json["id"])
    job = done(service, path)
    assert (job["state"], job["result"]) == ("done", path + "/result")
    assert job["progress"]["stage"] == "measure"
    assert service.left == []
    result = service.get(job["result"])
    expected = service.call("check", clip("good-silent.mp4"), provider="tencent")
    assert result.status == 200 and comparable(result.json) == comparable(expected.json)
    # What was fetched is kept no longer.
    assert service.get(path).status == 404 and service.get(job["result"]).status == 404


def test_a_prepared_file_waits_without_a_name_on_disk(service):
    body, kind = form({}, {"clip": ("me.webm", clip("webm-vp8.webm"))})
    path = service.submit("prep", body, {"Content-Type": kind}, provider="tencent").headers["Location"]
    done(service, path)
    assert service.left == []
    parts = service.get(path + "/result", Accept="multipart/form-data").parts()
    report = json.loads(parts["report"])
    assert report["input"]["path"] == "me.webm" and report["outputVerdict"]["outcome"] == "pass"
    assert report["fit"]["output"]["bytes"] == len(parts["clip"])


def test_events_tell_each_stage_in_order(service):
    path = service.submit("prep", clip("webm-vp8.webm"), provider="tencent").headers["Location"]
    events = [event for event in service.events(path + "/events") if event]
    numbers, names = [event[0] for event in events], [event[1] for event in events]
    assert numbers == sorted(set(numbers))
    assert names[0] == "state" and names[-1] == "result" and names.count("result") == 1
    states = [data["state"] for _, name, data in events if name == "state"]
    assert states[-1] == "running" and set(states) <= {"queued", "running"}
    progress = [data for _, name, data in events if name == "progress"]
    stages = [data["stage"] for data in progress]
    assert stages.index("measure") < stages.index("fit") < stages.index("verify")
    assert all(set(data) == {"stage", "share", "secondsLeft"} and 0 <= data["share"] <= 1 for data in progress)
    report = events[-1][2]
    assert report["schema"] == "vprep.report/1" and report["input"]["path"] == "clip"
    # Who comes late, or again, hears what is missing.
    assert [event[:2] for event in service.events(path + "/events", **{"Last-Event-ID": str(numbers[-2])})] == [
        (numbers[-1], "result")]
    assert comparable(service.get(path + "/result").json) == comparable(report)


def test_a_clip_that_cannot_be_used_ends_as_the_call_would(service):
    path = service.submit("check", clip("empty.mp4"), provider="tencent").headers["Location"]
    *_, last = service.events(path + "/events")
    assert last[1] == "error" and last[2]["kind"] == "empty" and last[2]["file"] == "clip"
    assert done(service, path)["state"] == "failed"
    expected = service.call("check", clip("empty.mp4"), provider="tencent")
    result = service.get(path + "/result")
    assert (result.status, result.json) == (expected.status, expected.json)


def test_a_wrong_request_makes_no_job(service):
    for query in [{}, {"provider": "nobody"}]:
        answer = service.submit("check", clip("good-silent.mp4"), **query)
        if answer.status == 202:
            # The worker is who knows the services.
            path = answer.headers["Location"]
            done(service, path)
            assert service.get(path + "/result").status == 400
    answer = service.submit("check", clip("good-silent.mp4"), provider="megvii", photo="/etc/passwd")
    assert answer.status == 400 and "Location" not in answer.headers


def test_one_job_waits_for_another_and_is_heard_meanwhile():
    with Service("--workers", "1", "--heartbeat-seconds", "0.05") as running:
        first = running.submit("check", clip("long-12.mp4"), **LONG).headers["Location"]
        second = running.submit("check", clip("good-silent.mp4"), provider="megvii").headers["Location"]
        assert known(running, second)["state"] == "queued"
        early = running.get(second + "/result")
        assert (early.status, early.json["kind"]) == (409, "busy") and early.headers["Retry-After"]
        events = list(running.events(second + "/events"))
        assert None in events
        names = [event[1] for event in events if event]
        states = [event[2]["state"] for event in events if event and event[1] == "state"]
        assert states == ["queued", "running"] and names[-1] == "result"
        assert done(running, first)["state"] == "done"


@pytest.mark.parametrize("state", ["running", "queued"])
def test_a_job_that_is_given_up_frees_its_worker(state):
    with Service("--workers", "1") as running:
        first = running.submit("check", clip("uhd.mp4"), **LONG).headers["Location"]
        second = running.submit("check", clip("long-12.mp4"), **LONG).headers["Location"]
        wait(lambda: known(running, first)["state"] == "running")
        given_up, other = (first, second) if state == "running" else (second, first)
        assert known(running, given_up)["state"] == state
        assert running.send("DELETE", given_up).status == 204
        assert known(running, given_up) is None and running.send("DELETE", given_up).status == 404
        assert done(running, other)["state"] == "done"
        wait(lambda: running.left == [])
        assert running.call("check", clip("good-silent.mp4"), provider="megvii").status == 200


def test_who_listens_hears_that_a_job_was_given_up():
    with Service("--workers", "1") as running:
        path = running.submit("check", clip("uhd.mp4"), **LONG).headers["Location"]
        events = running.events(path + "/events")
        next(events)
        assert running.send("DELETE", path).status == 204
        *_, last = events
        assert last[1:] == ("error", last[2]) and last[2]["kind"] == "cancelled"


def test_jobs_of_another_token_are_not_there(tmp_path):
    (tmp_path / "tokens").write_text("0123456789abcdef0123\n0123456789abcdef4567\n")
    ours, theirs = ({"Authorization": f"Bearer 0123456789abcdef{end}"} for end in ("0123", "4567"))
    with Service("--token-file", str(tmp_path / "tokens")) as running:
        path = running.submit("check", clip("good-silent.mp4"), ours, provider="megvii").headers["Location"]
        unknown = "/v1/jobs/" + "0" * 32
        wait(lambda: known(running, path, **ours)["state"] == "done")
        for method, end in [("GET", ""), ("GET", "/result"), ("GET", "/events"), ("DELETE", "")]:
            another = running.send(method, path + end, headers=theirs)
            nobody = running.send(method, unknown + end, headers=ours)
            assert (another.status, another.json) == (404, nobody.json)
            assert running.send(method, path + end).status == 401
        assert running.get(path + "/result", **ours).status == 200
        assert path.rpartition("/")[2] not in running.log


def test_a_result_that_nobody_fetches_is_dropped():
    with Service("--keep-seconds", "0.2") as running:
        path = running.submit("prep", clip("webm-vp8.webm"), provider="tencent").headers["Location"]
        wait(lambda: known(running, path) is None)
        assert running.left == []
        assert "\nvprep_jobs 0\n" in running.get("/metrics").body.decode()


def test_as_many_jobs_are_known_as_the_operator_allows():
    with Service("--jobs", "1") as running:
        path = running.submit("check", clip("good-silent.mp4"), provider="megvii").headers["Location"]
        refused = running.submit("check", clip("good-silent.mp4"), provider="megvii")
        assert (refused.status, refused.json["kind"]) == (429, "busy") and refused.headers["Retry-After"]
        done(running, path)
        assert running.get(path + "/result").status == 200
        assert running.submit("check", clip("good-silent.mp4"), provider="megvii").status == 202
    with Service("--jobs", "0") as running:
        answer = running.submit("check", clip("good-silent.mp4"), provider="megvii")
        assert answer.status == 200 and "Preference-Applied" not in answer.headers


def test_a_full_queue_refuses_jobs_too():
    with Service("--workers", "1", "--queue", "1") as running:
        answers = [running.submit("check", clip("long-12.mp4"), **LONG) for _ in range(4)]
        statuses = [answer.status for answer in answers]
        assert statuses[:2] == [202, 202] and statuses.count(429) >= 1
        assert all(answer.headers["Retry-After"] for answer in answers if answer.status == 429)
        for answer in answers:
            if answer.status == 202:
                running.send("DELETE", answer.headers["Location"])
        wait(lambda: running.left == [])


def test_the_end_finishes_jobs_that_somebody_listens_to_and_gives_up_the_others():
    running = Service("--workers", "2")
    with running:
        heard = running.submit("check", clip("long-12.mp4"), **LONG).headers["Location"]
        running.submit("check", clip("uhd.mp4"), **LONG)
        events = running.events(heard + "/events")
        next(events)
        running.process.send_signal(signal.SIGTERM)
        *_, last = events
        assert last[1] == "result"
        assert running.process.wait(timeout=60) == 0
        assert list(running.spool.iterdir()) == []


def test_the_end_gives_back_jobs_that_take_too_long():
    running = Service("--workers", "1", "--drain-seconds", "0")
    with running:
        path = running.submit("check", clip("uhd.mp4"), **LONG).headers["Location"]
        events = running.events(path + "/events")
        next(events)
        running.process.send_signal(signal.SIGTERM)
        *_, last = events
        assert last[1] == "error" and last[2]["message"] == "the service is stopping"
        assert running.process.wait(timeout=60) == 0
        assert list(running.spool.iterdir()) == []


def test_calls_and_jobs_share_the_workers():
    with Service("--workers", "1") as running:
        path = running.submit("check", clip("long-12.mp4"), **LONG).headers["Location"]
        answer = start(running)
        assert answer.get(timeout=120).status == 200
        assert known(running, path)["state"] == "done"
