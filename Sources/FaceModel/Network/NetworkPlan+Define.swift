internal import CXNNPACK

extension NetworkPlan.Layer {
  /// Adds the layer to a subgraph.
  ///
  /// Padding is always explicit: XNNPACK's own `SAME` mode computes the same numbers at run time.
  ///
  /// - Parameter identifiers: XNNPACK's identifiers of the plan's values.
  func define(
    in subgraph: xnn_subgraph_t, _ identifiers: [NetworkPlan.ValueID: UInt32]
  ) -> xnn_status {
    func id(_ value: NetworkPlan.ValueID) -> UInt32 {
      identifiers[value] ?? UInt32.max  // XNN_INVALID_VALUE_ID, which XNNPACK refuses
    }
    switch self {
    case .convolution(
      let input, let filter, let bias, let output, let window, let inputChannels,
      let outputChannels, let clamp):
      return unsafe xnn_define_convolution_2d(
        subgraph, UInt32(window.top), UInt32(window.right), UInt32(window.bottom),
        UInt32(window.left), UInt32(window.kernelHeight), UInt32(window.kernelWidth),
        UInt32(window.strideHeight), UInt32(window.strideWidth), 1, 1, 1, inputChannels,
        outputChannels, clamp.lowerBound, clamp.upperBound, id(input), id(filter), id(bias),
        id(output), 0)
    case .depthwiseConvolution(
      let input, let filter, let bias, let output, let window, let channels, let clamp):
      return unsafe xnn_define_depthwise_convolution_2d(
        subgraph, UInt32(window.top), UInt32(window.right), UInt32(window.bottom),
        UInt32(window.left), UInt32(window.kernelHeight), UInt32(window.kernelWidth),
        UInt32(window.strideHeight), UInt32(window.strideWidth), 1, 1, 1, channels,
        clamp.lowerBound, clamp.upperBound, id(input), id(filter), id(bias), id(output), 0)
    case .maxPooling(let input, let output, let window, let clamp):
      return unsafe xnn_define_max_pooling_2d(
        subgraph, UInt32(window.top), UInt32(window.right), UInt32(window.bottom),
        UInt32(window.left), UInt32(window.kernelHeight), UInt32(window.kernelWidth),
        UInt32(window.strideHeight), UInt32(window.strideWidth), 1, 1, clamp.lowerBound,
        clamp.upperBound, id(input), id(output), 0)
    case .addition(let first, let second, let output, let clamp):
      return unsafe cxn_define_addition(
        subgraph, clamp.lowerBound, clamp.upperBound, id(first), id(second), id(output))
    case .clamp(let input, let output, let clamp):
      return unsafe cxn_define_clamp(
        subgraph, clamp.lowerBound, clamp.upperBound, id(input), id(output))
    case .sigmoid(let input, let output):
      return unsafe cxn_define_sigmoid(subgraph, id(input), id(output))
    case .globalAveragePooling(let input, let output):
      return unsafe cxn_define_global_average(subgraph, id(input), id(output))
    case .prelu(let input, let slope, let output):
      return unsafe cxn_define_prelu(subgraph, id(input), id(slope), id(output))
    case .padding(let input, let output, let before, let after):
      return unsafe xnn_define_static_constant_pad(
        subgraph, before, after, 0, id(input), id(output), 0)
    case .resizeBilinear(let input, let output, let height, let width):
      return unsafe xnn_define_static_resize_bilinear_2d(
        subgraph, height, width, id(input), id(output), 0)
    case .depthToSpace(let input, let output, let block):
      return unsafe cxn_define_depth_to_space(
        subgraph, UInt32(block), id(input), id(output))
    }
  }
}
