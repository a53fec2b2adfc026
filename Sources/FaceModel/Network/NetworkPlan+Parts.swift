extension NetworkPlan {
  /// Plain weights of a part, in elements, from which the next part begins.
  ///
  /// 1 MB. Smaller parts lower the peak little more: the largest filters have as much.
  private static let partWeights = 1 << 18

  /// Layers that follow each other, cut into parts with about as many weights each.
  var parts: [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    var weights = 0
    for (index, layer) in layers.enumerated() {
      weights += layer.constants.map { values[$0] }.reduce(0) { $0 + copiedCount(of: $1) }
      guard weights >= Self.partWeights || index == layers.count - 1 else { continue }
      parts.append(start..<index + 1)
      (start, weights) = (index + 1, 0)
    }
    return parts
  }

  /// What some layers read and write, each once, in the plan's order.
  func values(of layers: Range<Int>) -> [ValueID] {
    Set(self.layers[layers].flatMap { $0.inputs + $0.constants + [$0.output] }).sorted()
  }

  /// The filters and biases that some layers read: a buffer for each of the plan's values, empty for those
  /// that they do not read, that are not constants or that need no copy.
  ///
  /// XNNPACK copies them when a runtime is made.
  func weights(of layers: Range<Int>) throws(ModelError) -> FloatArena {
    try copies(of: values(of: layers).filter { !slopes.contains($0) })
  }

  /// The slopes of all layers, in buffers as `weights` has them.
  ///
  /// XNNPACK (2024) copies no slopes: it reads them whenever a runtime runs.
  func slopeValues() throws(ModelError) -> FloatArena { try copies(of: slopes) }

  private var slopes: Set<ValueID> {
    Set(layers.compactMap { if case .prelu(_, let slope, _) = $0 { slope } else { nil } })
  }

  private func copies(of constants: some Sequence<ValueID>) throws(ModelError) -> FloatArena {
    var counts = [Int](repeating: 0, count: values.count)
    for id in constants { counts[id] = copiedCount(of: values[id]) }
    var weights = try FloatArena(counts: counts, file: name)
    for (id, value) in values.enumerated() where counts[id] > 0 {
      guard case .constant(let tensor, let shape) = value.role else { continue }
      try weights.withMutableSpan(id) { (span) throws(ModelError) in
        try file.copyFloats(of: tensor, shape: shape, to: &span)
      }
    }
    return weights
  }

  /// Elements of a constant that must be copied; 0 for all else.
  private func copiedCount(of value: Value) -> Int {
    guard case .constant = value.role, unsafe residentFloats(of: value) == nil else { return 0 }
    return value.shape.count
  }
}

extension NetworkPlan.Layer {
  /// The filters, biases and slopes that the layer reads.
  fileprivate var constants: [NetworkPlan.ValueID] {
    switch self {
    case .convolution(_, let filter, let bias, _, _, _, _, _),
      .depthwiseConvolution(_, let filter, let bias, _, _, _, _):
      [filter, bias]
    case .prelu(_, let slope, _): [slope]
    default: []
    }
  }
}
