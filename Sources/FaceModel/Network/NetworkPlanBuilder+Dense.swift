extension NetworkPlanBuilder {
  /// The mean over all pixels: axes 1 and 2 of a picture.
  mutating func addMean(
    _ node: TFLiteFile.Operator, _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: 2, context)
    let (input, shape) = try image(operands.inputs[0], context)
    let axes = try integers(operands.inputs[1], count: 2, context)
    guard axes.sorted() == [1, 2] else { throw context.refusal("along axes \(axes)", .unsupported) }
    try addWork(places: 1, window: shape.height * shape.width, multiplications: 0, context)
    let output = try defineImage(
      operands.output, ImageShape(height: 1, width: 1, channels: shape.channels), context)
    add(.globalAveragePooling(input: input, output: output))
  }

  /// Each output a weighted sum of all numbers of one pixel: filter `[out, in]`, bias `[out]`.
  ///
  /// That is a convolution of a single pixel.
  mutating func addFullyConnected(
    _ node: TFLiteFile.Operator, _ activation: TFLiteFile.Activation, _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: 3, context)
    let (input, shape) = try image(operands.inputs[0], context)
    guard shape.isPixel else { throw context.refusal("reads more than one pixel", .unsupported) }
    guard shapes.indices.contains(operands.inputs[1]), let filterShape = shapes[operands.inputs[1]],
      filterShape.rank == 2, filterShape.dimensions[1] == shape.channels
    else { throw context.refusal("does not weight \(shape.channels) numbers") }
    let count = filterShape.dimensions[0]
    try addWork(places: 1, window: 1, multiplications: filterShape.count, context)
    let filter = try constant(
      operands.inputs[1], fileShape: filterShape.dimensions, as: [count, 1, 1, shape.channels],
      context)
    let bias = try constant(operands.inputs[2], fileShape: [count], context)
    let output = try defineImage(
      operands.output, ImageShape(height: 1, width: 1, channels: count), context)
    add(
      .convolution(
        input: input, filter: filter, bias: bias, output: output, .pixel,
        inputChannels: shape.channels, outputChannels: count,
        clamp: try clamp(activation, context)))
  }
}

extension NetworkPlan.Window {
  /// One pixel at a time, without padding.
  fileprivate static let pixel = Self(
    kernelHeight: 1, kernelWidth: 1, strideHeight: 1, strideWidth: 1, top: 0, left: 0, bottom: 0,
    right: 0)
}
