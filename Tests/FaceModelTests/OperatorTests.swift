import Testing

@testable import FaceModel

/// Each operator against a plain loop over its definition.
@Suite struct OperatorTests {
  static let height = 9
  static let width = 7
  static let input = TestImage(height, width, 3, .noise(height * width * 3, seed: 9))

  struct WindowCase: CustomTestStringConvertible, Sendable {
    let kernel: Int
    let stride: Int
    let same: Bool
    var testDescription: String {
      "\(kernel)×\(kernel), stride \(stride), \(same ? "SAME" : "VALID")"
    }
  }

  static let windows: [WindowCase] = [1, 2, 3, 5].flatMap { kernel in
    [1, 2, 3].flatMap { stride in
      [true, false].map { WindowCase(kernel: kernel, stride: stride, same: $0) }
    }
  }

  @Test(arguments: windows)
  func convolutionSumsTheWindow(_ window: WindowCase) throws {
    var graph = Self.graph()
    let expected = Self.input.convolved(
      .noise(4 * window.kernel * window.kernel * 3, seed: 1), .noise(4, seed: 2),
      kernel: window.kernel, stride: window.stride, same: window.same)
    graph.outputs = [
      graph.convolution(
        0, channels: 4, kernel: window.kernel, stride: window.stride, same: window.same,
        shape: expected.shape)
    ]
    try expect(graph, gives: [expected.values])
  }

  @Test(arguments: windows)
  func depthwiseConvolutionKeepsChannelsApart(_ window: WindowCase) throws {
    var graph = Self.graph()
    let expected = Self.input.depthwiseConvolved(
      .noise(window.kernel * window.kernel * 3, seed: 3), .noise(3, seed: 4),
      kernel: window.kernel, stride: window.stride, same: window.same)
    graph.outputs = [
      graph.depthwise(
        0, kernel: window.kernel, stride: window.stride, same: window.same, shape: expected.shape)
    ]
    try expect(graph, gives: [expected.values])
  }

  @Test(arguments: windows.filter { $0.kernel > 1 && $0.stride <= $0.kernel })
  func maxPoolingIgnoresPadding(_ window: WindowCase) throws {
    var graph = Self.graph()
    let expected = Self.input.maxPooled(
      kernel: window.kernel, stride: window.stride, same: window.same)
    graph.outputs = [
      graph.add(
        17, optionsType: 5,
        options: [
          0: .byte(window.same ? 0 : 1), 1: .int(Int32(window.stride)),
          2: .int(Int32(window.stride)), 3: .int(Int32(window.kernel)),
          4: .int(Int32(window.kernel)), 5: .byte(0),
        ], inputs: [0], shape: expected.shape)
    ]
    try expect(graph, gives: [expected.values])
  }

  @Test func fusedActivationsClamp() throws {
    let ranges: [(UInt8, ClosedRange<Float>)] = [
      (1, 0...Float.infinity), (2, -1...1), (3, 0...6),
    ]
    for (activation, range) in ranges {
      var graph = Self.graph()
      let sum = Self.input.convolved(
        .noise(4 * 9 * 3, seed: 1), .noise(4, seed: 2), kernel: 3, stride: 1, same: true)
      graph.outputs = [
        graph.convolution(
          0, channels: 4, kernel: 3, stride: 1, same: true, activation: activation,
          shape: sum.shape)
      ]
      let clamped = sum.values.map { min(max($0, range.lowerBound), range.upperBound) }
      try expect(graph, gives: [clamped])
    }
  }

  @Test func reluAfterALayerClampsOnlyItsOwnReader() throws {
    // The convolution is read twice: clamped by RELU and as it is by the addition.
    var graph = Self.graph()
    let sum = Self.input.convolved(
      .noise(4 * 9 * 3, seed: 1), .noise(4, seed: 2), kernel: 3, stride: 1, same: true)
    let convolved = graph.convolution(
      0, channels: 4, kernel: 3, stride: 1, same: true, shape: sum.shape)
    let positive = graph.add(19, inputs: [convolved], shape: sum.shape)
    graph.outputs = [
      graph.add(
        0, optionsType: 11, options: [0: .byte(0)], inputs: [convolved, positive],
        shape: sum.shape)
    ]
    try expect(graph, gives: [sum.values.map { $0 + max(0, $0) }])
  }

  @Test func reluReadAloneIsMergedIntoTheLayerBefore() throws {
    var graph = Self.graph()
    let sum = Self.input.convolved(
      .noise(4 * 9 * 3, seed: 1), .noise(4, seed: 2), kernel: 3, stride: 1, same: true)
    let convolved = graph.convolution(
      0, channels: 4, kernel: 3, stride: 1, same: true, shape: sum.shape)
    graph.outputs = [graph.add(19, inputs: [convolved], shape: sum.shape)]
    #expect(try graph.plan().layers.count == 1)
    try expect(graph, gives: [sum.values.map { max(0, $0) }])
  }

  @Test func zeroBordersBecomeTheConvolutionsPadding() throws {
    var graph = Self.graph()
    let amounts = graph.integers([4, 2], [0, 0, 1, 2, 2, 1, 0, 0])
    let padded = TestImage.make(Self.height + 3, Self.width + 3, 3) { y, x, c in
      Self.input[y - 1, x - 2, c]
    }
    let border = graph.add(34, inputs: [0, amounts], shape: padded.shape)
    let expected = padded.convolved(
      .noise(4 * 9 * 3, seed: 1), .noise(4, seed: 2), kernel: 3, stride: 2, same: false)
    graph.outputs = [
      graph.convolution(
        border, channels: 4, kernel: 3, stride: 2, same: false, shape: expected.shape)
    ]
    #expect(try graph.plan().layers.count == 1)
    try expect(graph, gives: [expected.values])
  }

  @Test func padAddsChannels() throws {
    var graph = Self.graph()
    let amounts = graph.integers([4, 2], [0, 0, 0, 0, 0, 0, 1, 2])
    let expected = TestImage.make(Self.height, Self.width, 6) { y, x, c in
      Self.input[y, x, c - 1]
    }
    graph.outputs = [graph.add(34, inputs: [0, amounts], shape: expected.shape)]
    try expect(graph, gives: [expected.values])
  }

  @Test func preluScalesNegativeNumbersByChannel() throws {
    var graph = Self.graph()
    let slopes: [Float] = [0.5, -0.25, 2]
    let slope = graph.constant([1, 1, 3], slopes)
    let expected = TestImage.make(Self.height, Self.width, 3) { y, x, c in
      let value = Self.input[y, x, c]
      return value < 0 ? value * slopes[c] : value
    }
    graph.outputs = [graph.add(54, inputs: [0, slope], shape: expected.shape)]
    try expect(graph, gives: [expected.values])
  }

  @Test(arguments: [(18, 14), (9, 20), (5, 3), (1, 1)])
  func resizeSamplesAtHalfPixelCentres(_ height: Int, _ width: Int) throws {
    var graph = Self.graph()
    let size = graph.integers([2], [Int32(height), Int32(width)])
    let expected = Self.input.resized(height, width)
    graph.outputs = [
      graph.add(
        23, optionsType: 15, options: [3: .byte(1)], inputs: [0, size], shape: expected.shape)
    ]
    try expect(graph, gives: [expected.values])
  }

  @Test func depthToSpaceSpreadsChannelsOverABlock() throws {
    var graph = Self.graph()
    let deep = Self.input.convolved(
      .noise(8 * 3, seed: 1), .noise(8, seed: 2), kernel: 1, stride: 1, same: true)
    let convolved = graph.convolution(
      0, channels: 8, kernel: 1, stride: 1, same: true, shape: deep.shape)
    let expected = TestImage.make(Self.height * 2, Self.width * 2, 2) { y, x, c in
      deep[y / 2, x / 2, ((y % 2) * 2 + x % 2) * 2 + c]
    }
    graph.outputs = [
      graph.add(
        5, optionsType: 94, options: [0: .int(2)], inputs: [convolved], shape: expected.shape)
    ]
    try expect(graph, gives: [expected.values])
  }

  @Test func concatenationPutsReshapedPartsOneAfterAnother() throws {
    var graph = Self.graph()
    let first = Self.input.convolved(
      .noise(4 * 3, seed: 1), .noise(4, seed: 2), kernel: 1, stride: 1, same: true)
    let second = Self.input.depthwiseConvolved(
      .noise(27, seed: 3), .noise(3, seed: 4), kernel: 3, stride: 1, same: true)
    let a = graph.convolution(0, channels: 4, kernel: 1, stride: 1, same: true, shape: first.shape)
    let b = graph.depthwise(0, kernel: 3, stride: 1, same: true, shape: second.shape)
    let cells = Self.height * Self.width
    let flatA = graph.add(22, inputs: [a], shape: [1, 4 * cells, 1])
    let flatB = graph.add(22, inputs: [b], shape: [1, 3 * cells, 1])
    graph.outputs = [
      graph.add(
        2, optionsType: 10, options: [0: .int(1)], inputs: [flatB, flatA],
        shape: [1, 7 * cells, 1])
    ]
    try expect(graph, gives: [second.values + first.values])
  }

  @Test func meanTakesAllPixelsOfAChannel() throws {
    var graph = Self.graph()
    graph.outputs = [graph.mean(0, channels: 3)]
    let pixels = Self.height * Self.width
    let expected = (0..<3).map { channel in
      (0..<pixels).reduce(0) { $0 + Self.input.values[3 * $1 + channel] } / Float(pixels)
    }
    try expect(graph, gives: [expected])
  }

  @Test func fullyConnectedWeighsAllNumbersOfAPixel() throws {
    var graph = Self.graph()
    let (weights, bias) = ([Float].noise(5 * 3, seed: 6), [Float].noise(5, seed: 7))
    graph.outputs = [
      graph.fullyConnected(graph.mean(0, channels: 3), [5, 3], weights, bias, activation: 1)
    ]
    var means = Self.graph()
    means.outputs = [means.mean(0, channels: 3)]
    let mean = try means.run(Self.input.values)[0]
    let expected = (0..<5).map { out in
      max(0, bias[out] + (0..<3).reduce(0) { $0 + weights[3 * out + $1] * mean[$1] })
    }
    try expect(graph, gives: [expected])
  }

  @Test func logisticBoundsItsInput() throws {
    var graph = Self.graph()
    graph.outputs = [graph.add(14, inputs: [0], shape: Self.input.shape)]
    try expect(graph, gives: [Self.input.values.map { sigmoid($0) }])
  }

  private static func graph() -> TestGraph { TestGraph(height: height, width: width) }

  private func expect(
    _ graph: TestGraph, gives expected: [[Float]], _ location: SourceLocation = #_sourceLocation
  ) throws {
    let outputs = try graph.run(Self.input.values)
    #expect(outputs.count == expected.count, sourceLocation: location)
    for (output, wanted) in zip(outputs, expected) {
      #expect(output.count == wanted.count, sourceLocation: location)
      let error = zip(output, wanted).map { abs($0 - $1) }.max() ?? .infinity
      #expect(error < 1e-5, sourceLocation: location)
    }
  }
}

extension TestImage {
  var shape: [Int] { [1, height, width, channels] }
}
