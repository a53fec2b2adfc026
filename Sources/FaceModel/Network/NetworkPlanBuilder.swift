/// Turns a model file into a `NetworkPlan`, one operator at a time, checking as it goes.
///
/// Operators are taken in the file's order and may read only tensors that are already defined, and
/// define each tensor once: that alone rules out cycles and values that nobody writes.
struct NetworkPlanBuilder {
  typealias ValueID = NetworkPlan.ValueID

  /// What is known of a tensor of the file.
  enum Definition {
    /// Not written yet.
    case undefined
    /// A constant: the tensor of the file that holds its data.
    case constant(source: Int)
    /// A value that layers read and write.
    case value(ValueID)
    /// Values that stand one after another in memory: the result of RESHAPE or CONCATENATION.
    case parts([ValueID])
    /// Such values that have become part of another tensor.
    case taken
  }

  let file: TFLiteFile
  /// Checked shapes of the file's tensors; nil for those whose shape is unusable.
  let shapes: [TensorShape?]
  private(set) var definitions: [Definition]
  private(set) var values: [NetworkPlan.Value] = []
  private(set) var layers: [NetworkPlan.Layer] = []
  let input: ValueID
  /// How often a layer reads each value.
  private var readCounts: [Int] = []
  /// How often each value is part of a RESHAPE or CONCATENATION.
  private var partCounts: [Int] = []
  /// The value made of each constant that is in use.
  private var constantValues: [Int: ValueID] = [:]
  private var constantElements = 0
  private var activationElements = 0
  private var work = 0

  init(_ file: TFLiteFile) throws(ModelError) {
    self.file = file
    shapes = file.tensors.map { TensorShape($0.shape) }
    definitions = file.tensors.indices.map { index in
      file.tensors[index].data == nil ? .undefined : .constant(source: index)
    }
    guard file.inputs.count == 1, let first = file.inputs.first, shapes.indices.contains(first),
      case .undefined = definitions[first], file.tensors[first].type == .float32,
      let shape = shapes[first], ImageShape(shape)?.channels == 3
    else {
      throw ModelError(.unsupported, file: file.name, "the input is not one picture of floats")
    }
    input = 0
    values = [NetworkPlan.Value(shape: shape, role: .input)]
    readCounts = [0]
    partCounts = [0]
    definitions[first] = .value(input)
  }

  // MARK: Definitions

  func definition(_ tensor: Int, _ context: OperatorContext) throws(ModelError) -> Definition {
    guard definitions.indices.contains(tensor) else {
      throw context.refusal("reads tensor \(tensor) of \(definitions.count)")
    }
    return definitions[tensor]
  }

  /// A value that a layer reads, with its shape `[1, height, width, channels]`.
  mutating func image(
    _ tensor: Int, _ context: OperatorContext
  ) throws(ModelError) -> (ValueID, ImageShape) {
    switch try definition(tensor, context) {
    case .value(let id):
      guard let shape = ImageShape(values[id].shape) else {
        throw context.refusal("reads a tensor that is not a picture")
      }
      readCounts[id] += 1
      return (id, shape)
    case .undefined: throw context.refusal("reads tensor \(tensor) before it is written")
    case .constant: throw context.refusal("reads a constant where a picture belongs")
    case .parts, .taken: throw context.refusal("reads a reshaped tensor", .unsupported)
    }
  }

  /// A constant that a layer reads, passed to XNNPACK with the given shape.
  ///
  /// - Parameters:
  ///   - fileShape: the shape that the operator asks of the file's tensor.
  ///   - shape: the same elements as XNNPACK wants them described.
  mutating func constant(
    _ tensor: Int, fileShape: [Int], as shape: [Int]? = nil, _ context: OperatorContext
  ) throws(ModelError) -> ValueID {
    guard case .constant(let source) = try definition(tensor, context) else {
      throw context.refusal("tensor \(tensor) is not a constant")
    }
    guard let found = shapes[tensor], found.dimensions == fileShape,
      let described = TensorShape(shape ?? fileShape), described.count == found.count
    else {
      throw context.refusal("tensor \(tensor) has shape \(file.tensors[tensor].shape)")
    }
    if let id = constantValues[tensor] { return id }
    constantElements += described.count
    guard constantElements <= TFLiteFile.Limit.totalElements else {
      throw context.refusal("the constants are too large together")
    }
    try file.checkFloats(of: source, shape: found)
    values.append(
      NetworkPlan.Value(shape: described, role: .constant(tensor: source, fileShape: found)))
    readCounts.append(1)
    partCounts.append(0)
    let id = values.count - 1
    constantValues[tensor] = id
    return id
  }

  /// The integers of a constant tensor, `count` of them.
  func integers(
    _ tensor: Int, count: Int, _ context: OperatorContext
  ) throws(ModelError) -> [Int] {
    guard case .constant(let source) = try definition(tensor, context) else {
      throw context.refusal("tensor \(tensor) is not a constant")
    }
    let integers = try file.int32s(of: source, limit: count)
    guard integers.count == count else {
      throw context.refusal("tensor \(tensor) holds \(integers.count) integers, not \(count)")
    }
    return integers
  }

  /// Defines the picture that a layer writes; its shape must be the one that follows from the layer.
  mutating func defineImage(
    _ tensor: Int, _ computed: ImageShape, _ context: OperatorContext
  ) throws(ModelError) -> ValueID {
    let written = try newShape(tensor, context)
    guard
      written.dimensions == computed.dimensions
        || computed.isPixel && written.dimensions == [1, computed.channels],
      let shape = TensorShape(computed.dimensions)
    else {
      throw context.refusal("writes shape \(written), its inputs make \(computed.dimensions)")
    }
    activationElements += shape.count
    guard activationElements <= TFLiteFile.Limit.totalElements else {
      throw context.refusal("the activations are too large together")
    }
    values.append(NetworkPlan.Value(shape: shape, role: .activation))
    readCounts.append(0)
    partCounts.append(0)
    definitions[tensor] = .value(values.count - 1)
    return values.count - 1
  }

  /// Defines a constant that is the same as another one but for its storage.
  mutating func defineConstant(
    _ tensor: Int, source: Int, _ context: OperatorContext
  ) throws(ModelError) {
    guard try newShape(tensor, context, types: [.float16, .float32]) == shapes[source] else {
      throw context.refusal("changes the shape of a constant")
    }
    definitions[tensor] = .constant(source: source)
  }

  /// Defines a tensor whose elements are those of other values, one after another.
  mutating func defineParts(
    _ tensor: Int, _ parts: [ValueID], _ context: OperatorContext
  ) throws(ModelError) {
    let shape = try newShape(tensor, context)
    let count = parts.reduce(0) { $0 + values[$1].shape.count }
    guard shape.count == count else {
      throw context.refusal("writes \(shape.count) elements of \(count)")
    }
    definitions[tensor] = .parts(parts)
  }

  /// The checked shape of a tensor that is about to be written for the first time.
  private func newShape(
    _ tensor: Int, _ context: OperatorContext,
    types: [TFLiteFile.ElementType] = [.float32]
  ) throws(ModelError) -> TensorShape {
    guard case .undefined = try definition(tensor, context) else {
      throw context.refusal("writes tensor \(tensor), which is already defined")
    }
    guard types.contains(file.tensors[tensor].type), let shape = shapes[tensor] else {
      throw context.refusal("writes tensor \(tensor) of shape \(file.tensors[tensor].shape)")
    }
    return shape
  }

  mutating func add(_ layer: NetworkPlan.Layer) { layers.append(layer) }

  /// Bounds the work: a small file can ask for more than a machine can do.
  mutating func addWork(
    places: Int, window: Int, multiplications: Int, _ context: OperatorContext
  ) throws(ModelError) {
    // Sides are below 2^16, windows at most 2^12 and filters at most 2^22 elements: no overflow.
    guard places * window <= TFLiteFile.Limit.windowElements else {
      throw context.refusal("a window of \(window) at \(places) places")
    }
    work += multiplications
    guard work <= TFLiteFile.Limit.multiplications else {
      throw context.refusal("too many multiplications")
    }
  }

  /// The values that a tensor consists of in memory order; each may be taken once in the graph.
  mutating func takeParts(
    _ tensor: Int, _ context: OperatorContext
  ) throws(ModelError) -> [ValueID] {
    switch try definition(tensor, context) {
    case .value(let id):
      guard case .activation = values[id].role else {
        throw context.refusal("reshapes the network's input", .unsupported)
      }
      partCounts[id] += 1
      guard partCounts[id] == 1 else {
        throw context.refusal("uses a tensor twice as part of another", .unsupported)
      }
      return [id]
    case .parts(let parts):
      definitions[tensor] = .taken
      return parts
    case .taken: throw context.refusal("uses a tensor twice as part of another", .unsupported)
    case .undefined: throw context.refusal("reads tensor \(tensor) before it is written")
    case .constant: throw context.refusal("reshapes a constant", .unsupported)
    }
  }

  // MARK: Outputs

  /// Gives every output its place: its parts become external values at adjacent offsets.
  ///
  /// - Returns: the outputs' shapes.
  mutating func placeOutputs() throws(ModelError) -> [TensorShape] {
    let context = OperatorContext(file: file.name, index: nil, name: "outputs")
    guard !file.outputs.isEmpty else { throw context.refusal("there are none") }
    var outputShapes: [TensorShape] = []
    for (index, tensor) in file.outputs.enumerated() {
      let parts = try takeParts(tensor, context)
      guard let shape = shapes[tensor] else { throw context.refusal("an unusable shape") }
      var offset = 0
      for part in parts {
        guard readCounts[part] == 0 else {
          throw context.refusal("tensor \(tensor) is also read by a layer", .unsupported)
        }
        values[part].role = .output(index: index, offset: offset)
        offset += values[part].shape.count
      }
      outputShapes.append(shape)
    }
    return outputShapes
  }

  /// Makes outputs of pictures that layers read: each is written to a place of its own and stays there.
  ///
  /// - Returns: their shapes.
  mutating func keep(_ tensors: [Int]) throws(ModelError) -> [TensorShape] {
    let context = OperatorContext(file: file.name, index: nil, name: "kept tensors")
    var shapes: [TensorShape] = []
    for tensor in tensors {
      guard case .value(let id) = try definition(tensor, context),
        case .activation = values[id].role
      else { throw context.refusal("tensor \(tensor) is not a picture that a layer writes") }
      values[id].role = .output(index: file.outputs.count + shapes.count, offset: 0)
      shapes.append(values[id].shape)
    }
    return shapes
  }

  /// Refuses values that are computed in vain: the file does not say what it seems to say.
  func checkAllRead() throws(ModelError) {
    for (id, value) in values.enumerated() {
      if case .output = value.role { continue }
      guard readCounts[id] > 0 else {
        throw ModelError(.invalidGraph, file: file.name, "value \(id) is never used")
      }
    }
  }
}

/// Which operator is being verified, for errors.
struct OperatorContext {
  let file: String
  let index: Int?
  let name: String

  func refusal(_ cause: String, _ kind: ModelError.Kind = .invalidGraph) -> ModelError {
    let place = index.map { "operator \($0) (\(name))" } ?? name
    return ModelError(kind, file: file, "\(place): \(cause)")
  }
}
