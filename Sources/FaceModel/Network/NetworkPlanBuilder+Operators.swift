extension NetworkPlanBuilder {
  /// Verifies one operator and adds its layer.
  mutating func addOperator(_ index: Int) throws(ModelError) {
    let node = file.operators[index]
    let context = OperatorContext(file: file.name, index: index, name: Self.name(of: node.kind))
    switch node.kind {
    case .convolution(let options):
      try addConvolution(node, options, context)
    case .depthwiseConvolution(let options, let multiplier):
      guard multiplier == 1 else {
        throw context.refusal("depth multiplier \(multiplier)", .unsupported)
      }
      try addDepthwiseConvolution(node, options, context)
    case .maxPooling(let options):
      try addMaxPooling(node, options, context)
    case .add(let activation):
      let operands = try Operands(node, inputs: 2, context)
      let (first, shape) = try image(operands.inputs[0], context)
      let (second, other) = try image(operands.inputs[1], context)
      guard shape == other else { throw context.refusal("adds different shapes") }
      let range = try clamp(activation, context)
      let output = try defineImage(operands.output, shape, context)
      add(.addition(first, second, output: output, clamp: range))
    case .logistic:
      let operands = try Operands(node, inputs: 1, context)
      let (input, shape) = try image(operands.inputs[0], context)
      let output = try defineImage(operands.output, shape, context)
      add(.sigmoid(input: input, output: output))
    case .mean:
      try addMean(node, context)
    case .fullyConnected(let activation, let format):
      guard format == 0 else { throw context.refusal("weights format \(format)", .unsupported) }
      try addFullyConnected(node, activation, context)
    case .relu:
      let operands = try Operands(node, inputs: 1, context)
      let (input, shape) = try image(operands.inputs[0], context)
      let output = try defineImage(operands.output, shape, context)
      add(.clamp(input: input, output: output, 0...Float.infinity))
    case .prelu:
      let operands = try Operands(node, inputs: 2, context)
      let (input, shape) = try image(operands.inputs[0], context)
      let slope = try constant(
        operands.inputs[1], fileShape: [1, 1, shape.channels], as: [shape.channels], context)
      let output = try defineImage(operands.output, shape, context)
      add(.prelu(input: input, slope: slope, output: output))
    case .pad:
      try addPad(node, context)
    case .resizeBilinear(let alignCorners, let halfPixelCenters):
      guard halfPixelCenters, !alignCorners else {
        throw context.refusal("not sampled at half-pixel centres", .unsupported)
      }
      try addResize(node, context)
    case .depthToSpace(let block):
      try addDepthToSpace(node, block, context)
    case .dequantize, .densify:
      let operands = try Operands(node, inputs: 1, context)
      guard case .constant(let source) = try definition(operands.inputs[0], context) else {
        throw context.refusal("of something that is not a constant", .unsupported)
      }
      try defineConstant(operands.output, source: source, context)
    case .reshape:
      // The new shape is the output tensor's own; a second input only repeats it.
      let operands = try Operands(node, inputs: node.inputs.count, context)
      guard let first = operands.inputs.first, operands.inputs.count <= 2 else {
        throw context.refusal("has \(operands.inputs.count) inputs")
      }
      try defineParts(operands.output, try takeParts(first, context), context)
    case .concatenation(let axis, let activation):
      guard activation == .none else { throw context.refusal("activation", .unsupported) }
      try addConcatenation(node, axis: axis, context)
    case .other(let code):
      throw context.refusal("operator code \(code)", .unsupported)
    }
  }

  private static func name(of kind: TFLiteFile.Operator.Kind) -> String {
    switch kind {
    case .add: "ADD"
    case .concatenation: "CONCATENATION"
    case .convolution: "CONV_2D"
    case .depthwiseConvolution: "DEPTHWISE_CONV_2D"
    case .depthToSpace: "DEPTH_TO_SPACE"
    case .dequantize: "DEQUANTIZE"
    case .fullyConnected: "FULLY_CONNECTED"
    case .logistic: "LOGISTIC"
    case .maxPooling: "MAX_POOL_2D"
    case .mean: "MEAN"
    case .relu: "RELU"
    case .reshape: "RESHAPE"
    case .resizeBilinear: "RESIZE_BILINEAR"
    case .pad: "PAD"
    case .prelu: "PRELU"
    case .densify: "DENSIFY"
    case .other: "unknown"
    }
  }

  /// An operator's tensors, counted.
  struct Operands {
    let inputs: [Int]
    let output: Int

    init(
      _ node: TFLiteFile.Operator, inputs: Int, _ context: OperatorContext
    ) throws(ModelError) {
      guard node.inputs.count == inputs, node.outputs.count == 1, let output = node.outputs.first
      else {
        throw context.refusal("has \(node.inputs.count) inputs, \(node.outputs.count) outputs")
      }
      self.inputs = node.inputs
      self.output = output
    }
  }

  /// The range that a fused activation clamps to.
  func clamp(
    _ activation: TFLiteFile.Activation, _ context: OperatorContext
  ) throws(ModelError) -> ClosedRange<Float> {
    switch activation {
    case .none: -Float.infinity...Float.infinity
    case .relu: 0...Float.infinity
    case .reluN1To1: -1...1
    case .relu6: 0...6
    case .other(let code): throw context.refusal("activation \(code)", .unsupported)
    }
  }

  // MARK: Shape changes

  private mutating func addPad(
    _ node: TFLiteFile.Operator, _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: 2, context)
    let (input, shape) = try image(operands.inputs[0], context)
    // Pairs of (before, after), one for each of the four dimensions.
    let amounts = try integers(operands.inputs[1], count: 8, context)
    guard amounts.allSatisfy({ (0...TFLiteFile.Limit.dimension).contains($0) }),
      amounts[0] == 0, amounts[1] == 0
    else { throw context.refusal("pads by \(amounts)") }
    let padded = ImageShape(
      height: shape.height + amounts[2] + amounts[3],
      width: shape.width + amounts[4] + amounts[5],
      channels: shape.channels + amounts[6] + amounts[7])
    let output = try defineImage(operands.output, padded, context)
    add(
      .padding(
        input: input, output: output, before: [0, amounts[2], amounts[4], amounts[6]],
        after: [0, amounts[3], amounts[5], amounts[7]]))
  }

  private mutating func addResize(
    _ node: TFLiteFile.Operator, _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: 2, context)
    let (input, shape) = try image(operands.inputs[0], context)
    let size = try integers(operands.inputs[1], count: 2, context)
    let output = try defineImage(
      operands.output, ImageShape(height: size[0], width: size[1], channels: shape.channels),
      context)
    add(.resizeBilinear(input: input, output: output, height: size[0], width: size[1]))
  }

  private mutating func addDepthToSpace(
    _ node: TFLiteFile.Operator, _ block: Int, _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: 1, context)
    let (input, shape) = try image(operands.inputs[0], context)
    guard (2...64).contains(block), shape.channels % (block * block) == 0 else {
      throw context.refusal("block \(block) of \(shape.channels) channels")
    }
    let output = try defineImage(
      operands.output,
      ImageShape(
        height: shape.height * block, width: shape.width * block,
        channels: shape.channels / (block * block)),
      context)
    add(.depthToSpace(input: input, output: output, block: block))
  }

  /// Concatenation is done by placement, so the parts must be contiguous in the result: nothing
  /// but ones may stand before the axis.
  private mutating func addConcatenation(
    _ node: TFLiteFile.Operator, axis: Int, _ context: OperatorContext
  ) throws(ModelError) {
    let operands = try Operands(node, inputs: node.inputs.count, context)
    guard !operands.inputs.isEmpty, shapes.indices.contains(operands.output),
      let whole = shapes[operands.output]
    else { throw context.refusal("has no inputs or no usable shape") }
    let position = axis < 0 ? axis + whole.rank : axis
    guard whole.dimensions.indices.contains(position),
      whole.dimensions[..<position].allSatisfy({ $0 == 1 })
    else { throw context.refusal("along axis \(axis) of \(whole)", .unsupported) }
    var parts: [ValueID] = []
    var length = 0
    for tensor in operands.inputs {
      parts += try takeParts(tensor, context)
      guard let shape = shapes[tensor], shape.rank == whole.rank else {
        throw context.refusal("joins tensors of different rank")
      }
      for (dimension, size) in shape.dimensions.enumerated() where dimension != position {
        guard size == whole.dimensions[dimension] else {
          throw context.refusal("joins \(shape) into \(whole)")
        }
      }
      length += shape.dimensions[position]
    }
    guard length == whole.dimensions[position] else {
      throw context.refusal("joins \(length) entries into \(whole)")
    }
    try defineParts(operands.output, parts, context)
  }
}
