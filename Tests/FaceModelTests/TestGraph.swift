@testable import FaceModel

/// A TFLite model in the making: change any part of it, then take its bytes.
struct TestGraph {
  struct Tensor {
    var shape: [Int]
    /// 0 single precision, 1 half precision, 2 integers.
    var type: UInt8 = 0
    var data: [UInt8]?
    var sparsity: FlatValue?
  }

  struct Operator {
    var code: Int
    var optionsType: UInt8 = 0
    var options: [Int: FlatValue] = [:]
    var inputs: [Int]
    var outputs: [Int]
  }

  var tensors: [Tensor] = []
  var operators: [Operator] = []
  var inputs: [Int] = []
  var outputs: [Int] = []
  var version = 3

  /// A graph whose input, tensor 0, is a picture of this size.
  init(height: Int, width: Int) {
    tensors = [Tensor(shape: [1, height, width, 3])]
    inputs = [0]
  }

  // MARK: Building

  mutating func activation(_ shape: [Int]) -> Int {
    tensors.append(Tensor(shape: shape))
    return tensors.count - 1
  }

  mutating func constant(_ shape: [Int], _ values: [Float]) -> Int {
    tensors.append(Tensor(shape: shape, data: values.littleEndianBytes))
    return tensors.count - 1
  }

  mutating func integers(_ shape: [Int], _ values: [Int32]) -> Int {
    let bytes = values.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    tensors.append(Tensor(shape: shape, type: 2, data: bytes))
    return tensors.count - 1
  }

  /// Adds an operator that writes a new tensor, and returns that tensor.
  @discardableResult
  mutating func add(
    _ code: Int, optionsType: UInt8 = 0, options: [Int: FlatValue] = [:], inputs: [Int],
    shape: [Int]
  ) -> Int {
    let output = activation(shape)
    operators.append(
      Operator(
        code: code, optionsType: optionsType, options: options, inputs: inputs, outputs: [output]))
    return output
  }

  /// CONV_2D with a filter and bias of pseudo-random numbers.
  @discardableResult
  mutating func convolution(
    _ input: Int, channels: Int, kernel: Int, stride: Int, same: Bool, activation: UInt8 = 0,
    shape: [Int]
  ) -> Int {
    let depth = tensors[input].shape[3]
    let filter = constant(
      [channels, kernel, kernel, depth], .noise(channels * kernel * kernel * depth, seed: 1))
    let bias = constant([channels], .noise(channels, seed: 2))
    return add(
      3, optionsType: 1,
      options: [
        0: .byte(same ? 0 : 1), 1: .int(Int32(stride)), 2: .int(Int32(stride)),
        3: .byte(activation),
      ],
      inputs: [input, filter, bias], shape: shape)
  }

  /// DEPTHWISE_CONV_2D with a filter and bias of pseudo-random numbers.
  @discardableResult
  mutating func depthwise(
    _ input: Int, kernel: Int, stride: Int, same: Bool, shape: [Int]
  ) -> Int {
    let depth = tensors[input].shape[3]
    let filter = constant([1, kernel, kernel, depth], .noise(kernel * kernel * depth, seed: 3))
    let bias = constant([depth], .noise(depth, seed: 4))
    return add(
      4, optionsType: 2,
      options: [
        0: .byte(same ? 0 : 1), 1: .int(Int32(stride)), 2: .int(Int32(stride)), 3: .int(1),
      ],
      inputs: [input, filter, bias], shape: shape)
  }

  // MARK: The file

  var bytes: [UInt8] {
    var codes: [Int] = []
    for node in operators where !codes.contains(node.code) { codes.append(node.code) }
    // Buffer 0 is empty by convention and marks computed tensors.
    var buffers: [FlatValue] = [.table([:])]
    let tensorTables = tensors.map { tensor -> FlatValue in
      var fields: [Int: FlatValue] = [
        0: .ints(tensor.shape.map { Int32(truncatingIfNeeded: $0) }), 1: .byte(tensor.type),
        2: .int(0),
      ]
      if let data = tensor.data {
        fields[2] = .int(Int32(buffers.count))
        buffers.append(.table([0: .bytes(data)]))
      }
      fields[6] = tensor.sparsity
      return .table(fields)
    }
    let operatorTables = operators.map { node -> FlatValue in
      .table([
        0: .int(Int32(codes.firstIndex(of: node.code) ?? 0)),
        1: .ints(node.inputs.map { Int32(truncatingIfNeeded: $0) }),
        2: .ints(node.outputs.map { Int32(truncatingIfNeeded: $0) }),
        3: .byte(node.optionsType), 4: .table(node.options),
      ])
    }
    let graph = FlatValue.table([
      0: .tables(tensorTables), 1: .ints(inputs.map { Int32(truncatingIfNeeded: $0) }),
      2: .ints(outputs.map { Int32(truncatingIfNeeded: $0) }), 3: .tables(operatorTables),
    ])
    let root = FlatValue.table([
      0: .int(Int32(version)),
      1: .tables(codes.map { .table([0: .byte(UInt8(min($0, 127))), 3: .int(Int32($0))]) }),
      2: .tables([graph]), 4: .tables(buffers),
    ])
    return FlatBufferWriter.file(identifier: "TFL3", root: root)
  }

  func plan() throws(ModelError) -> NetworkPlan {
    try NetworkPlan(TFLiteFile(bytes: .copied(bytes), name: "test"))
  }

  /// Runs the graph on an input and returns its outputs.
  func run(_ input: [Float]) throws(ModelError) -> [[Float]] {
    var network = try Network(plan())
    return try network.outputs(of: input)
  }
}

extension Network {
  /// Runs the network on an input and returns its outputs.
  mutating func outputs(of input: [Float]) throws(ModelError) -> [[Float]] {
    try run { (span) throws(ModelError) in
      precondition(span.count == input.count)
      for index in input.indices { span[index] = input[index] }
    }
    var outputs: [[Float]] = []
    for index in outputShapes.indices {
      outputs.append(withOutput(index) { span in span.indices.map { span[$0] } })
    }
    return outputs
  }
}

extension [Float] {
  /// Numbers between −1 and 1 that look random and are the same on every run.
  static func noise(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
    }
  }

  var littleEndianBytes: [UInt8] {
    flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }
  }
}
