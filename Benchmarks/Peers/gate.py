"""The usual gate in Python: OpenCV decodes, every third frame is measured, MediaPipe looks for faces."""

import base64
import json
import sys

import cv2
import mediapipe

STEP = 3


def measure(frame, mesh):
    """Brightness, sharpness and the face of one frame."""
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    mean, deviation = cv2.meanStdDev(grey)
    cv2.calcHist([grey], [0], None, [256], [0, 256])
    sharpness = cv2.Laplacian(grey, cv2.CV_64F).var()
    scale = 640 / max(frame.shape[:2])
    small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = mesh.process(cv2.cvtColor(small, cv2.COLOR_BGR2RGB))
    return {
        "brightness": mean.item(),
        "contrast": deviation.item(),
        "sharpness": sharpness,
        "faces": len(found.multi_face_landmarks or []),
    }


def main():
    capture = cv2.VideoCapture(sys.argv[1])
    frames, best = [], None
    with mediapipe.solutions.face_mesh.FaceMesh(max_num_faces=2, refine_landmarks=True) as mesh:
        number = 0
        while capture.grab():
            if number % STEP == 0:
                taken, frame = capture.retrieve()
                if not taken:
                    break
                frames.append(measure(frame, mesh))
                if best is None or frames[-1]["sharpness"] > best[0]:
                    best = (frames[-1]["sharpness"], frame)
            number += 1
    _, jpeg = cv2.imencode(".jpg", best[1], [cv2.IMWRITE_JPEG_QUALITY, 90])
    preview = "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()
    json.dump({"frames": frames, "preview": preview}, sys.stdout)


main()
