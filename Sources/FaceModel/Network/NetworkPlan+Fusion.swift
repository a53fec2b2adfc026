extension NetworkPlan {
  /// Merges clamps into the layers before them and zero borders into the convolutions after them.
  ///
  /// XNNPACK would do the same, but not across tensors that it does not place itself, and here
  /// none are: see `MemoryPlan`.
  mutating func fuse() {
    fuseClamps()
    fuseBorders()
  }

  /// RELU after a layer that has no range of its own: the layer clamps what it writes.
  private mutating func fuseClamps() {
    let reads = readCounts()
    var producers: [ValueID: Int] = [:]
    var fused: [Layer?] = []
    for layer in layers {
      if case .clamp(let input, let output, let range) = layer, reads[input] == 1,
        case .activation = values[input].role, let producer = producers[input],
        let clamped = fused[producer]?.clamped(to: range, output: output)
      {
        fused[producer] = clamped
        producers[output] = producer
        values[input].role = .fused
      } else {
        fused.append(layer)
        producers[layer.output] = fused.count - 1
      }
    }
    layers = fused.compactMap { $0 }
  }

  /// PAD of rows and columns before a convolution: the convolution's own padding grows.
  private mutating func fuseBorders() {
    let reads = readCounts()
    var borders: [ValueID: (index: Int, input: ValueID, before: [Int], after: [Int])] = [:]
    var fused: [Layer?] = []
    for layer in layers {
      if let input = layer.convolutionInput, let border = borders[input],
        let padded = layer.padded(
          from: border.input, before: border.before, after: border.after)
      {
        fused[border.index] = nil
        values[input].role = .fused
        fused.append(padded)
        continue
      }
      if case .padding(let input, let output, let before, let after) = layer,
        reads[output] == 1, case .activation = values[output].role
      {
        borders[output] = (fused.count, input, before, after)
      }
      fused.append(layer)
    }
    layers = fused.compactMap { $0 }
  }

  /// How often the layers read each value.
  private func readCounts() -> [Int] {
    var counts = [Int](repeating: 0, count: values.count)
    for layer in layers {
      for input in layer.inputs { counts[input] += 1 }
    }
    return counts
  }
}

extension NetworkPlan.Layer {
  typealias ValueID = NetworkPlan.ValueID

  /// The pictures that the layer reads; constants are not among them.
  var inputs: [ValueID] {
    switch self {
    case .convolution(let input, _, _, _, _, _, _, _),
      .depthwiseConvolution(let input, _, _, _, _, _, _), .maxPooling(let input, _, _, _),
      .clamp(let input, _, _), .prelu(let input, _, _), .padding(let input, _, _, _),
      .resizeBilinear(let input, _, _, _), .depthToSpace(let input, _, _),
      .sigmoid(let input, _), .globalAveragePooling(let input, _):
      [input]
    case .addition(let first, let second, _, _): [first, second]
    }
  }

  var output: ValueID {
    switch self {
    case .convolution(_, _, _, let output, _, _, _, _),
      .depthwiseConvolution(_, _, _, let output, _, _, _), .maxPooling(_, let output, _, _),
      .addition(_, _, let output, _), .clamp(_, let output, _), .prelu(_, _, let output),
      .padding(_, let output, _, _), .resizeBilinear(_, let output, _, _),
      .depthToSpace(_, let output, _), .sigmoid(_, let output),
      .globalAveragePooling(_, let output):
      output
    }
  }

  /// The picture that a convolution reads; nil for other layers.
  fileprivate var convolutionInput: ValueID? {
    switch self {
    case .convolution(let input, _, _, _, _, _, _, _),
      .depthwiseConvolution(let input, _, _, _, _, _, _):
      input
    default: nil
    }
  }

  /// The layer writing its clamped result elsewhere; nil when it cannot clamp or already does.
  fileprivate func clamped(to range: ClosedRange<Float>, output: ValueID) -> Self? {
    let unbounded = -Float.infinity...Float.infinity
    switch self {
    case .convolution(
      let input, let filter, let bias, _, let window, let inputChannels, let outputChannels,
      unbounded):
      return .convolution(
        input: input, filter: filter, bias: bias, output: output, window,
        inputChannels: inputChannels, outputChannels: outputChannels, clamp: range)
    case .depthwiseConvolution(
      let input, let filter, let bias, _, let window, let channels, unbounded):
      return .depthwiseConvolution(
        input: input, filter: filter, bias: bias, output: output, window, channels: channels,
        clamp: range)
    case .addition(let first, let second, _, unbounded):
      return .addition(first, second, output: output, clamp: range)
    default: return nil
    }
  }

  /// The convolution reading the picture without its zero border; nil when the border pads
  /// channels, or is as wide as the kernel and so not a border of its windows.
  fileprivate func padded(from source: ValueID, before: [Int], after: [Int]) -> Self? {
    guard before[3] == 0, after[3] == 0 else { return nil }
    switch self {
    case .convolution(
      _, let filter, let bias, let output, let window, let inputChannels, let outputChannels,
      let clamp):
      guard let wider = window.padded(before: before, after: after) else { return nil }
      return .convolution(
        input: source, filter: filter, bias: bias, output: output, wider,
        inputChannels: inputChannels, outputChannels: outputChannels, clamp: clamp)
    case .depthwiseConvolution(
      _, let filter, let bias, let output, let window, let channels, let clamp):
      guard let wider = window.padded(before: before, after: after) else { return nil }
      return .depthwiseConvolution(
        input: source, filter: filter, bias: bias, output: output, wider, channels: channels,
        clamp: clamp)
    default: return nil
    }
  }
}

extension NetworkPlan.Window {
  /// The window with a border added; nil when a whole window would lie in the border.
  fileprivate func padded(before: [Int], after: [Int]) -> Self? {
    let wider = Self(
      kernelHeight: kernelHeight, kernelWidth: kernelWidth, strideHeight: strideHeight,
      strideWidth: strideWidth, top: top + before[1], left: left + before[2],
      bottom: bottom + after[1], right: right + after[2])
    guard max(wider.top, wider.bottom) < kernelHeight, max(wider.left, wider.right) < kernelWidth
    else { return nil }
    return wider
  }
}
