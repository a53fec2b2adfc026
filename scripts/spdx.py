#!/usr/bin/env python3
"""What is inside a program or library of vprep's, and what it is linked with, as SPDX 2.3 in JSON.

    scripts/spdx.py NAME VERSION BINARY

Printed. Inside are the packages of Package.swift, the Swift runtime, the face models with their SHA-256,
and the weights. What the binary is linked with is read from it, and named with the Debian package and
version that it was built with. The document's time is SOURCE_DATE_EPOCH, so that it is the same twice.
"""
import datetime, hashlib, json, os, pathlib, re, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SWIFT = "Apache-2.0 WITH Swift-exception"
# The packages that a binary has inside, by what it is: libvprep0 has neither arguments nor pages.
LICENCES = {"swift-argument-parser": SWIFT, "swift-mustache": "Apache-2.0", "SwiftCSV": "MIT"}


def output(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def package(name, version, licence, purpose="LIBRARY", sha256=None, comment=None):
    found = {
        "SPDXID": identifier(name), "name": name, "versionInfo": version, "licenseConcluded": licence,
        "licenseDeclared": licence, "copyrightText": "NOASSERTION", "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "primaryPackagePurpose": purpose}
    if sha256:
        found["checksums"] = [{"algorithm": "SHA256", "checksumValue": sha256}]
    if comment:
        found["comment"] = comment
    return found


def inside(name):
    manifest = (ROOT / "Package.swift").read_text()
    for url, version in re.findall(r'url: "https://[^"]*/([^/"]+)", exact: "([^"]+)"', manifest):
        if name == "vprep" and url in LICENCES:
            yield package(url, version, LICENCES[url])
    swift = re.search(r"Swift version (\S+)", output("swift", "--version"))
    version = swift.group(1) if swift else "NOASSERTION"
    yield package("swift-runtime", version, SWIFT)
    yield package("swift-foundation", version, SWIFT)
    if name == "vprep":
        yield package("swift-foundation-icu", version, "Unicode-3.0")
    models = json.loads((ROOT / "scripts/models.json").read_text())
    origin = models["package"]
    for model in models["sources"]:
        yield package(model["file"], origin["requirement"].split("==")[1], origin["licence"], "DATA",
                      model["sha256"], f"from {origin['requirement']}: {model['member']}")
    weights = ROOT / "Training/occlusion.weights"
    yield package("occlusion.weights", "0", "MIT", "DATA",
                  hashlib.sha256(weights.read_bytes()).hexdigest(), "trained by Training/train.py")


def linked(binary):
    for library in re.findall(r"NEEDED +(\S+)", output("objdump", "-p", binary)):
        path = next((line.split()[-1] for line in output("/sbin/ldconfig", "-p").splitlines()
                     if line.split()[:1] == [library]), None)
        # Debian 12 lists libraries in /lib, which is a link to /usr/lib.
        names = [path, os.path.realpath(path), path.removeprefix("/usr")] if path else []
        owners = [line for name in names for line in output("dpkg-query", "-S", name).splitlines()]
        debian = next((line.split(":")[0] for line in owners if not line.startswith("diversion")), None)
        version = output("dpkg-query", "-W", "-f", "${Version}", debian) if debian else "NOASSERTION"
        yield package(library, version, "NOASSERTION", comment=f"Debian package {debian}" if debian else None)


def main(name, version, binary):
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    created = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    contained, needed = list(inside(name)), list(linked(binary))
    own = package(name, version, "MIT", "APPLICATION" if name == "vprep" else "LIBRARY")
    json.dump({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{name} {version}", "documentNamespace": f"urn:vprep:{name}:{version}",
        "creationInfo": {"created": created, "creators": ["Tool: vprep scripts/spdx.py"]},
        "packages": [own, *contained, *needed],
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]},
            *({"spdxElementId": own["SPDXID"], "relationshipType": "CONTAINS", "relatedSpdxElement": p["SPDXID"]}
              for p in contained),
            *({"spdxElementId": own["SPDXID"], "relationshipType": "DYNAMIC_LINK", "relatedSpdxElement": p["SPDXID"]}
              for p in needed)]},
        sys.stdout, indent=1)
    print()


if len(sys.argv) != 4:
    sys.exit(__doc__)
main(*sys.argv[1:])
