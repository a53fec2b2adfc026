#!/usr/bin/env python3
"""Writes the service's description, Sources/VPrepServe/Page/openapi.json, from Docs/options.schema.json and
Docs/report.schema.json.

usage: describe.py [--check]

With --check it only says whether the file is up to date (status 1 if it is not).
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
TARGET = HERE / "Sources/VPrepServe/Page/openapi.json"
REPORT = json.loads((HERE.parent / "Docs/report.schema.json").read_text())["required"]
OPTIONS = json.loads((HERE.parent / "Docs/options.schema.json").read_text())["properties"]
# What the operator decides: paths on the server, and the bounds of the work.
OPERATORS = {"photo", "annotate", "threads", "limits"}

JOB_ERRORS = {
    "404": "There is no such job, or it is another's.",
    "409": "The job is not done yet; Retry-After says when to ask again.",
}
ERRORS = {
    "400": "The request is wrong.",
    "401": "The request names no token that is accepted.",
    "408": "The upload took too long.",
    "413": "The body, or what it would take to read the clip, is beyond a limit.",
    "422": "The clip cannot be used, or no output can meet the service's limits.",
    "429": "Too many requests are waiting; Retry-After says when to try again.",
    "500": "Something that the operator has to mend.",
    "503": "The service is stopping or short of memory; Retry-After says when to try again.",
    "504": "The clip was not read in time.",
    "507": "The upload cannot be stored.",
}


def reference(kind, name):
    return {"$ref": f"#/components/{kind}/{name}"}


def parameter(name):
    option = OPTIONS[name]
    kinds = option.get("type", [])
    text = option["description"]
    schema = {"type": "string"}
    if "enum" in option:
        schema["enum"] = [value for value in option["enum"] if value]
    elif "boolean" in kinds:
        schema = {"type": "boolean"}
    elif "integer" in kinds or "number" in kinds:
        schema = {"type": "integer" if "integer" in kinds else "number"}
        for bound in ("minimum", "maximum", "exclusiveMinimum"):
            if bound in option:
                schema[bound] = option[bound]
    elif "object" in kinds:
        text += " As JSON."
    elif "array" in kinds or "$ref" in option or "anyOf" in option:
        text += " Numbers are divided by commas."
    return {"name": name, "in": "query", "description": text, "schema": schema}


def errors(statuses):
    return {status: reference("responses", f"E{status}") for status in statuses}


def answer(schema, text, kind="application/json"):
    return {"description": text, "content": {kind: {"schema": schema}}}


FILE = {"type": "string", "contentMediaType": "application/octet-stream"}


def call(name, summary, writes=False):
    good = answer(reference("schemas", "Report"), "The report.")
    if writes:
        good["description"] = "The report; with Accept: multipart/form-data the report and the prepared "
        good["description"] += "file, with Accept: video/mp4 the file alone."
        good["content"]["multipart/form-data"] = {"schema": {"type": "object", "properties": {
            "report": reference("schemas", "Report"), "clip": FILE}}}
        good["content"]["video/mp4"] = {"schema": FILE}
    return {"post": {
        "operationId": name, "summary": summary, "security": [{}, {"token": []}],
        "parameters": [reference("parameters", option) for option in OPTIONS if option not in OPERATORS]
        + [reference("parameters", "Prefer")],
        "requestBody": {"required": True, "content": {
            "multipart/form-data": {"schema": {"type": "object", "required": ["clip"], "properties": {
                "clip": FILE | {"description": "The clip."},
                "photo": FILE | {"description": "The photo that the clip is compared with."},
                "options": {"type": "string", "contentMediaType": "application/json", "description":
                            "Options as a JSON object; query parameters count for more."}}}},
            "application/octet-stream": {"schema": FILE}}},
        "responses": {"200": good, "202": JOB_MADE, **errors(ERRORS)}}}


JOB_MADE = answer(reference("schemas", "Job"), "The call goes on as a job.") | {"headers": {
    "Location": {"schema": {"type": "string"}, "description": "The job: /v1/jobs/ID."},
    "Preference-Applied": {"schema": {"const": "respond-async"}}}}


def job(operation, summary, responses):
    return {"operationId": operation, "summary": summary, "security": [{}, {"token": []}],
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {
                "type": "string", "pattern": "^[0-9a-f]{32}$"}}],
            "responses": {**responses, **errors(["401", "404"])}}


def jobs():
    """The life of a call that was asked for with Prefer: respond-async."""
    state = answer(reference("schemas", "Job"), "The job as it is now.")
    result = answer(reference("schemas", "Report"), "What the call would have answered; it is then dropped.")
    result["content"]["multipart/form-data"] = {"schema": {"type": "object", "properties": {
        "report": reference("schemas", "Report"), "clip": FILE}}}
    result["content"]["video/mp4"] = {"schema": FILE}
    event = {"type": "object", "required": ["id", "event", "data"], "properties": {
        "id": {"type": "string"}, "event": {"enum": ["state", "progress", "result", "error"]},
        "data": {"type": "string", "contentMediaType": "application/json"}}}
    events = answer(event, "Events state and progress, and result or error as the last.",
                    "text/event-stream")
    follow = job("jobEvents", "Follows a job.", {"200": events})
    follow["parameters"].append({"name": "Last-Event-ID", "in": "header", "schema": {"type": "string"},
                                 "description": "The number of the last event that was heard."})
    return {
        "/v1/jobs/{id}": {
            "get": job("job", "Says what a job is.", {"200": state}),
            "delete": job("endJob", "Ends a job and drops its result.", {"204": {"description": "It is gone."}})},
        "/v1/jobs/{id}/result": {
            "get": job("jobResult", "Gives a job's result.", {"200": result, **errors(["409", *ERRORS])})},
        "/v1/jobs/{id}/events": {"get": follow},
    }


def get(name, summary, schema, kind="application/json", statuses=(), secured=False):
    operation = {"operationId": name, "summary": summary,
                 "responses": {"200": answer(schema, summary, kind), **errors(statuses)}}
    if secured:
        operation["security"] = [{}, {"token": []}]
        operation["responses"] |= errors(["401"])
    return {"get": operation}


def schemas():
    text, number = {"type": ["string", "null"]}, {"type": ["number", "null"]}
    keys = ["schema", "kind", "stage", "file", "message", "advice", "code"]
    face = ["centerX", "centerY", "width", "light", "dark", "bright", "yaw", "pitch", "roll", "sharpness"]
    return {
        "Report": {"type": "object", "description": "vprep.report/1: Docs/report-json.md.",
                   "required": REPORT, "properties": {"schema": {"const": "vprep.report/1"}}},
        "Error": {"type": "object", "description": "vprep.error/1: Docs/report-json.md.",
                  "required": keys, "properties": {
                      **{key: {"type": "string"} for key in keys[1:5]},
                      "schema": {"const": "vprep.error/1"}, "advice": text, "code": text}},
        "Look": {"type": "object", "required": ["schema", "faces", "light", "face", "advice"],
                 "properties": {
                     "schema": {"const": "vprep.look/1"}, "faces": {"type": "integer"},
                     "light": number | {"description": "Mean luma of the frame, 0 to 255."},
                     "face": {"type": ["object", "null"], "properties": {key: number for key in face}},
                     "advice": {"type": ["object", "null"], "required": ["id", "severity", "text"],
                                "properties": {"id": {"type": "string"}, "text": {"type": "string"},
                                               "severity": {"enum": ["fail", "warn"]}}}}},
        "Job": {"type": "object", "required": ["schema", "id", "call", "state", "progress", "result"],
                "properties": {
                    "schema": {"const": "vprep.job/1"}, "id": {"type": "string"},
                    "call": {"enum": ["check", "prep", "fit", "preview", "probe"]},
                    "state": {"enum": ["queued", "running", "done", "failed"]},
                    "progress": {"type": ["object", "null"], "required": ["stage", "share", "secondsLeft"],
                                 "properties": {"stage": {"type": "string"}, "share": {"type": "number"},
                                                "secondsLeft": number}},
                    "result": text | {"description": "Where the result is; null until there is one."}}},
        "State": {"type": "object", "required": ["status"],
                  "properties": {"status": {"type": "string"}}},
    }


def description():
    frame = {"schema": {"type": "string", "contentMediaType": "image/*"}}
    state = reference("schemas", "State")
    return {
        "openapi": "3.1.0",
        "info": {"title": "vprep-serve", "version": "1", "description":
                 "A clip goes in, the verdict or the prepared clip comes out: Docs/service.md."},
        "paths": {
            "/v1/check": call("check", "Predicts the service's answer."),
            "/v1/prep": call("prep", "Judges and fits a clip, judges the output, picks previews.", True),
            "/v1/fit": call("fit", "Makes a copy that meets the limits.", True),
            "/v1/preview": call("preview", "Picks the best frames."),
            "/v1/probe": call("probe", "Says what a clip is."),
            "/v1/look": {"post": {
                "operationId": "look", "summary": "Judges one frame of a camera.",
                "security": [{}, {"token": []}],
                "parameters": [reference("parameters", name) for name in ("provider", "mode", "language")],
                "requestBody": {"required": True, "content": {"image/jpeg": frame, "image/png": frame}},
                "responses": {"200": answer(reference("schemas", "Look"), "What the frame shows."),
                              **errors(ERRORS)}}},
            **jobs(),
            "/v1/codes": get("codes", "Every code, as vprep codes --json prints it.",
                             {"type": "array", "items": {"type": "object"}}, secured=True),
            "/healthz": get("health", "Whether the service runs.", state),
            "/readyz": get("ready", "Whether it takes calls.", state, statuses=["503"]),
            "/metrics": get("metrics", "Counts for Prometheus.", {"type": "string"}, "text/plain",
                            secured=True),
            "/openapi.json": get("description", "This document.", {"type": "object"}),
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": {name: parameter(name) for name in OPTIONS if name not in OPERATORS} | {"Prefer": {
                "name": "Prefer", "in": "header", "schema": {"enum": ["respond-async"]}, "description":
                "respond-async: answer with 202 and a job, without waiting for the call."}},
            "responses": {f"E{status}": answer(reference("schemas", "Error"), text)
                          for status, text in (ERRORS | JOB_ERRORS).items()},
            "schemas": schemas(),
        },
    }


def main():
    text = json.dumps(description(), ensure_ascii=False, separators=(",", ":")) + "\n"
    if "--check" in sys.argv[1:]:
        sys.exit(0 if TARGET.read_text() == text else f"{TARGET} is old: run Server/describe.py")
    TARGET.write_text(text)


if __name__ == "__main__":
    main()
