"""LiteRT on one thread: prints the median time of a model in nanoseconds as JSON."""

import json
import statistics
import sys
import time

import numpy
from ai_edge_litert.interpreter import Interpreter

interpreter = Interpreter(sys.argv[2], num_threads=1)
interpreter.allocate_tensors()
entry = interpreter.get_input_details()[0]
picture = numpy.full(entry["shape"], 0.5, dtype=numpy.float32)


def work():
    interpreter.set_tensor(entry["index"], picture)
    interpreter.invoke()


times = []
end = time.perf_counter() + float(sys.argv[1])
work()
while len(times) < 3 or time.perf_counter() < end:
    start = time.perf_counter_ns()
    work()
    times.append(time.perf_counter_ns() - start)
json.dump(statistics.median(times), sys.stdout)
