/// Graphs that hold every operator of the face models and run.
extension TestGraph {
  /// A convolution, a depthwise one, pooling, PRELU, PAD, an addition and a reshaped output.
  ///
  /// Tensors: 0 input, 1 filter, 2 bias, 3 convolved, 4 filter, 5 bias, 6 depthwise, 7 pooled,
  /// 8 slope, 9 prelu, 10 pads, 11 padded, 12 added, 13 reshaped.
  static func sound() -> TestGraph {
    var graph = TestGraph(height: 8, width: 8)
    let convolved = graph.convolution(
      0, channels: 4, kernel: 3, stride: 1, same: true, shape: [1, 8, 8, 4])
    let filtered = graph.depthwise(
      convolved, kernel: 3, stride: 2, same: true, shape: [1, 4, 4, 4])
    let pooled = graph.add(
      17, optionsType: 5,
      options: [0: .byte(1), 1: .int(2), 2: .int(2), 3: .int(2), 4: .int(2), 5: .byte(0)],
      inputs: [convolved], shape: [1, 4, 4, 4])
    let slope = graph.constant([1, 1, 4], [0.1, 0.2, 0.3, 0.4])
    let bent = graph.add(54, inputs: [pooled, slope], shape: [1, 4, 4, 4])
    let amounts = graph.integers([4, 2], [0, 0, 0, 0, 0, 0, 0, 0])
    let padded = graph.add(34, inputs: [bent, amounts], shape: [1, 4, 4, 4])
    let added = graph.add(
      0, optionsType: 11, options: [0: .byte(0)], inputs: [filtered, padded], shape: [1, 4, 4, 4])
    graph.outputs = [graph.add(22, inputs: [added], shape: [1, 64])]
    return graph
  }

  /// Tensors: 0 input, 1 axes, 2 mean, 3 filter, 4 bias, 5 weighted, 6 bounded.
  static func soundHead() -> TestGraph {
    var graph = TestGraph(height: 4, width: 4)
    let weighted = graph.fullyConnected(
      graph.mean(0, channels: 3), [2, 3], .noise(6, seed: 1), .noise(2, seed: 2))
    graph.outputs = [graph.add(14, inputs: [weighted], shape: [1, 2])]
    return graph
  }

  /// Adds MEAN over the rows and columns of a picture.
  mutating func mean(_ input: Int, channels: Int) -> Int {
    let axes = integers([2], [1, 2])
    return add(
      40, optionsType: 27, options: [0: .byte(0)], inputs: [input, axes], shape: [1, channels])
  }

  /// Adds FULLY_CONNECTED with a filter of `shape`, `[out, in]`.
  mutating func fullyConnected(
    _ input: Int, _ shape: [Int], _ weights: [Float], _ bias: [Float], activation: UInt8 = 0
  ) -> Int {
    let filter = constant(shape, weights)
    let bias = constant([shape[0]], bias)
    return add(
      9, optionsType: 8, options: [0: .byte(activation)], inputs: [input, filter, bias],
      shape: [1, shape[0]])
  }

  /// Tensors: 0 input, 1 size, 2 resized, 3 filter, 4 bias, 5 convolved, 6 spread.
  static func soundUpsampling() -> TestGraph {
    var graph = TestGraph(height: 4, width: 4)
    let size = graph.integers([2], [8, 8])
    let resized = graph.add(
      23, optionsType: 15, options: [2: .byte(0), 3: .byte(1)], inputs: [0, size],
      shape: [1, 8, 8, 3])
    let convolved = graph.convolution(
      resized, channels: 8, kernel: 1, stride: 1, same: true, shape: [1, 8, 8, 8])
    graph.outputs = [
      graph.add(
        5, optionsType: 94, options: [0: .int(2)], inputs: [convolved], shape: [1, 16, 16, 2])
    ]
    return graph
  }
}
