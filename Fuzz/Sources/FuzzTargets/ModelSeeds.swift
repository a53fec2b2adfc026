internal import FoundationEssentials

/// Small models that hold every operator of the face models and run.
enum ModelSeeds {
  static func write(to folder: String) throws {
    for (name, graph) in [("layers", TestGraph.sound()), ("upsampling", .soundUpsampling())] {
      try Data(graph.bytes).write(to: URL(filePath: folder).appending(path: "\(name).tflite"))
    }
  }
}
