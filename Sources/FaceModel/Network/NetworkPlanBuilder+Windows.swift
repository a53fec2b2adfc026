extension NetworkPlanBuilder {
  /// A dense convolution: filter `[out, height, width, in]`, bias `[out]`.
  mutating func addConvolution(
    _ node: TFLiteFile.Operator, _ options: TFLiteFile.Operator.Convolution,
    _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: 3, context)
    let (input, shape) = try image(operands.inputs[0], context)
    let filterShape = try filterShape(operands.inputs[1], context)
    guard filterShape[3] == shape.channels else {
      throw context.refusal("filters \(filterShape[3]) channels of \(shape.channels)")
    }
    let (window, result) = try slide(
      over: shape, channels: filterShape[0], kernelHeight: filterShape[1],
      kernelWidth: filterShape[2], options, context)
    try addWork(
      places: result.height * result.width, window: filterShape[1] * filterShape[2],
      multiplications: result.height * result.width * filterShape.reduce(1, *), context)
    let filter = try constant(operands.inputs[1], fileShape: filterShape, context)
    let bias = try constant(operands.inputs[2], fileShape: [filterShape[0]], context)
    let output = try defineImage(operands.output, result, context)
    add(
      .convolution(
        input: input, filter: filter, bias: bias, output: output, window,
        inputChannels: shape.channels, outputChannels: filterShape[0],
        clamp: try clamp(options.activation, context)))
  }

  /// A convolution of each channel by itself: filter `[1, height, width, channels]`.
  mutating func addDepthwiseConvolution(
    _ node: TFLiteFile.Operator, _ options: TFLiteFile.Operator.Convolution,
    _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: 3, context)
    let (input, shape) = try image(operands.inputs[0], context)
    let filterShape = try filterShape(operands.inputs[1], context)
    guard filterShape[0] == 1, filterShape[3] == shape.channels else {
      throw context.refusal("filter \(filterShape) for \(shape.channels) channels")
    }
    let (window, result) = try slide(
      over: shape, channels: shape.channels, kernelHeight: filterShape[1],
      kernelWidth: filterShape[2], options, context)
    try addWork(
      places: result.height * result.width, window: filterShape[1] * filterShape[2],
      multiplications: result.height * result.width * filterShape.reduce(1, *), context)
    let filter = try constant(operands.inputs[1], fileShape: filterShape, context)
    let bias = try constant(operands.inputs[2], fileShape: [shape.channels], context)
    let output = try defineImage(operands.output, result, context)
    add(
      .depthwiseConvolution(
        input: input, filter: filter, bias: bias, output: output, window,
        channels: shape.channels, clamp: try clamp(options.activation, context)))
  }

  /// The greatest value of each channel in a window that leaves nothing out between its places.
  mutating func addMaxPooling(
    _ node: TFLiteFile.Operator, _ options: TFLiteFile.Operator.Pooling,
    _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: 1, context)
    let (input, shape) = try image(operands.inputs[0], context)
    // XNNPACK has no pooling over a single element.
    guard (2...4096).contains(options.filterHeight.multipliedClamped(options.filterWidth)) else {
      throw context.refusal("pools over \(options.filterHeight)×\(options.filterWidth)")
    }
    // XNNPACK of 2022 computes these; that of 2024 refuses them (`xnn_define_max_pooling_2d`).
    guard options.strideHeight <= options.filterHeight, options.strideWidth <= options.filterWidth
    else {
      throw context.refusal(
        "stride \(options.strideHeight)×\(options.strideWidth) beyond its window "
          + "\(options.filterHeight)×\(options.filterWidth)", .unsupported)
    }
    let (window, result) = try slide(
      over: shape, channels: shape.channels, kernelHeight: options.filterHeight,
      kernelWidth: options.filterWidth,
      TFLiteFile.Operator.Convolution(
        padding: options.padding, strideWidth: options.strideWidth,
        strideHeight: options.strideHeight, dilationWidth: 1, dilationHeight: 1,
        activation: options.activation),
      context)
    try addWork(
      places: result.height * result.width, window: options.filterHeight * options.filterWidth,
      multiplications: 0, context)
    let output = try defineImage(operands.output, result, context)
    add(
      .maxPooling(
        input: input, output: output, window, clamp: try clamp(options.activation, context)))
  }

  /// The four checked dimensions of a filter.
  private func filterShape(
    _ tensor: Int, _ context: OperatorContext
  ) throws(ModelError) -> [Int] {
    guard shapes.indices.contains(tensor), let shape = shapes[tensor], shape.rank == 4 else {
      throw context.refusal("tensor \(tensor) is not a filter")
    }
    return shape.dimensions
  }

  /// The window and the size of what it makes.
  ///
  /// Source of the formulas: TensorFlow's documentation of `SAME` (⌈input ÷ stride⌉ places, padding
  /// split evenly with the odd element after) and `VALID` (no padding).
  private func slide(
    over shape: ImageShape, channels: Int, kernelHeight: Int, kernelWidth: Int,
    _ options: TFLiteFile.Operator.Convolution, _ context: OperatorContext
  ) throws(ModelError) -> (NetworkPlan.Window, ImageShape) {
    guard options.dilationHeight == 1, options.dilationWidth == 1 else {
      throw context.refusal(
        "dilation \(options.dilationHeight)×\(options.dilationWidth)", .unsupported)
    }
    guard (1...64).contains(options.strideHeight), (1...64).contains(options.strideWidth),
      (1...64).contains(kernelHeight), (1...64).contains(kernelWidth)
    else {
      throw context.refusal(
        "kernel \(kernelHeight)×\(kernelWidth), stride "
          + "\(options.strideHeight)×\(options.strideWidth)")
    }
    let rows = try places(
      shape.height, kernel: kernelHeight, stride: options.strideHeight, options.padding, context)
    let columns = try places(
      shape.width, kernel: kernelWidth, stride: options.strideWidth, options.padding, context)
    let window = NetworkPlan.Window(
      kernelHeight: kernelHeight, kernelWidth: kernelWidth, strideHeight: options.strideHeight,
      strideWidth: options.strideWidth, top: rows.before, left: columns.before,
      bottom: rows.after, right: columns.after)
    return (window, ImageShape(height: rows.count, width: columns.count, channels: channels))
  }

  private func places(
    _ size: Int, kernel: Int, stride: Int, _ padding: TFLiteFile.Padding,
    _ context: OperatorContext
  ) throws(ModelError) -> (count: Int, before: Int, after: Int) {
    switch padding {
    case .same:
      let count = (size + stride - 1) / stride
      let total = max(0, (count - 1) * stride + kernel - size)
      return (count, total / 2, total - total / 2)
    case .valid:
      guard size >= kernel else {
        throw context.refusal("a kernel of \(kernel) over \(size)")
      }
      return ((size - kernel) / stride + 1, 0, 0)
    case .other(let code):
      throw context.refusal("padding \(code)", .unsupported)
    }
  }
}

extension Int {
  /// The product, or `Int.max` when it overflows.
  fileprivate func multipliedClamped(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
