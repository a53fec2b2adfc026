"""The usual gate in Python: ffprobe tells the header, OpenCV decodes, MediaPipe looks for faces.

Every third frame is measured, and faces are looked for in a picture of 480 pixels.
"""

import base64
import json
import subprocess
import sys

import cv2
import mediapipe

STEP = 3
SIDE = 480


def header(path):
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", path]
    return json.loads(subprocess.check_output(command))["format"]


def measure(frame, detector):
    """Brightness, sharpness and the number of faces of one frame."""
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    cv2.calcHist([grey], [0], None, [256], [0, 256])
    sharpness = cv2.Laplacian(grey, cv2.CV_32F).var()
    scale = SIDE / max(grey.shape)
    small = cv2.resize(frame, None, fx=scale, fy=scale)
    found = detector.process(cv2.cvtColor(small, cv2.COLOR_BGR2RGB))
    return {
        "brightness": float(grey.mean()),
        "sharpness": float(sharpness),
        "faces": len(found.detections or []),
    }


def main():
    path = sys.argv[1]
    duration = header(path)["duration"]
    capture = cv2.VideoCapture(path)
    frames, best = [], None
    with mediapipe.solutions.face_detection.FaceDetection(model_selection=0) as detector:
        number = 0
        while capture.grab():
            if number % STEP == 0:
                taken, frame = capture.retrieve()
                if not taken:
                    break
                frames.append(measure(frame, detector))
                if best is None or frames[-1]["sharpness"] > best[0]:
                    best = (frames[-1]["sharpness"], frame)
            number += 1
    _, jpeg = cv2.imencode(".jpg", best[1], [cv2.IMWRITE_JPEG_QUALITY, 90])
    preview = "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()
    json.dump({"duration": duration, "frames": frames, "preview": preview}, sys.stdout)


main()
