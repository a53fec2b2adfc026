"""OpenCV's statistics and Laplacian of a 1080p plane: prints the median in nanoseconds as JSON."""

import json
import statistics
import sys
import time

import cv2
import numpy

cv2.setNumThreads(1)
plane = numpy.random.default_rng(1).integers(0, 256, (1080, 1920), dtype=numpy.uint8)


def work():
    cv2.meanStdDev(plane)
    cv2.calcHist([plane], [0], None, [256], [0, 256])
    cv2.meanStdDev(cv2.Laplacian(plane, cv2.CV_16S))


times = []
end = time.perf_counter() + float(sys.argv[1])
work()
while len(times) < 3 or time.perf_counter() < end:
    start = time.perf_counter_ns()
    work()
    times.append(time.perf_counter_ns() - start)
json.dump(statistics.median(times), sys.stdout)
