extension TFLiteFile {
  /// One operator with its attributes, as written in the file.
  struct Operator: Sendable {
    let kind: Kind
    /// Tensor indices; −1 marks an optional input that is left out.
    let inputs: [Int]
    let outputs: [Int]

    enum Kind: Equatable, Sendable {
      case add(Activation)
      case concatenation(axis: Int, Activation)
      case convolution(Convolution)
      case depthwiseConvolution(Convolution, depthMultiplier: Int)
      case depthToSpace(block: Int)
      case dequantize
      case fullyConnected(Activation, weightsFormat: Int)
      case logistic
      case maxPooling(Pooling)
      case mean
      case relu
      case reshape
      case resizeBilinear(alignCorners: Bool, halfPixelCenters: Bool)
      case pad
      case prelu
      case densify
      case other(code: Int)
    }

    struct Convolution: Equatable, Sendable {
      let padding: Padding
      let strideWidth: Int
      let strideHeight: Int
      let dilationWidth: Int
      let dilationHeight: Int
      let activation: Activation
    }

    struct Pooling: Equatable, Sendable {
      let padding: Padding
      let strideWidth: Int
      let strideHeight: Int
      let filterWidth: Int
      let filterHeight: Int
      let activation: Activation
    }
  }

  enum Padding: Equatable, Sendable {
    case same
    case valid
    case other(UInt8)

    init(code: UInt8) {
      switch code {
      case 0: self = .same
      case 1: self = .valid
      default: self = .other(code)
      }
    }
  }

  /// The activation that is fused into an operator.
  ///
  /// Source: `ActivationFunctionType` in the TFLite schema.
  enum Activation: Equatable, Sendable {
    case none
    case relu
    case reluN1To1
    case relu6
    case other(UInt8)

    init(code: UInt8) {
      switch code {
      case 0: self = .none
      case 1: self = .relu
      case 2: self = .reluN1To1
      case 3: self = .relu6
      default: self = .other(code)
      }
    }
  }

  static func readOperators(
    _ reader: FlatBufferReader, model: FlatBufferReader.Table, graph: FlatBufferReader.Table
  ) throws(ModelError) -> [Operator] {
    var codes: [Int] = []
    for table in try reader.tables(1, of: model, limit: Limit.operators) {
      // The first field is one byte wide and saturates; newer files also fill the wide one.
      let old = Int8(bitPattern: try reader.uint8(0, of: table, default: 0))
      codes.append(max(Int(old), Int(try reader.int32(3, of: table, default: 0))))
    }
    var operators: [Operator] = []
    for table in try reader.tables(3, of: graph, limit: Limit.operators) {
      let code = Int(try reader.uint32(0, of: table, default: 0))
      guard codes.indices.contains(code) else {
        throw reader.malformed("operator code \(code) of \(codes.count)", at: table.position)
      }
      operators.append(
        Operator(
          kind: try readKind(reader, table, code: codes[code]),
          inputs: try reader.int32s(1, of: table, limit: Limit.operands),
          outputs: try reader.int32s(2, of: table, limit: Limit.operands)))
    }
    return operators
  }

  /// Source of the codes and field numbers: `BuiltinOperator` and the option tables in the schema.
  private static func readKind(
    _ reader: FlatBufferReader, _ table: FlatBufferReader.Table, code: Int
  ) throws(ModelError) -> Operator.Kind {
    let type = try reader.uint8(3, of: table, default: 0)
    /// The option table, which must be of the type that belongs to the operator.
    func options(_ expected: UInt8) throws(ModelError) -> FlatBufferReader.Table {
      guard type == expected, let options = try reader.table(4, of: table) else {
        throw reader.malformed("operator \(code) without its options", at: table.position)
      }
      return options
    }
    switch code {
    case 0:
      return .add(try activation(reader, try options(11), 0))
    case 2:
      let options = try options(10)
      return .concatenation(
        axis: Int(try reader.int32(0, of: options, default: 0)),
        try activation(reader, options, 1))
    case 3:
      let options = try options(1)
      return .convolution(try convolution(reader, options, activationField: 3))
    case 4:
      let options = try options(2)
      return .depthwiseConvolution(
        try convolution(reader, options, activationField: 4),
        depthMultiplier: Int(try reader.int32(3, of: options, default: 0)))
    case 5:
      return .depthToSpace(block: Int(try reader.int32(0, of: try options(94), default: 0)))
    case 6: return .dequantize
    case 9:
      let options = try options(8)
      return .fullyConnected(
        try activation(reader, options, 0),
        weightsFormat: Int(try reader.uint8(1, of: options, default: 0)))
    case 14: return .logistic
    case 17:
      let options = try options(5)
      return .maxPooling(
        Operator.Pooling(
          padding: Padding(code: try reader.uint8(0, of: options, default: 0)),
          strideWidth: Int(try reader.int32(1, of: options, default: 0)),
          strideHeight: Int(try reader.int32(2, of: options, default: 0)),
          filterWidth: Int(try reader.int32(3, of: options, default: 0)),
          filterHeight: Int(try reader.int32(4, of: options, default: 0)),
          activation: try activation(reader, options, 5)))
    case 19: return .relu
    case 22: return .reshape
    case 23:
      let options = try options(15)
      return .resizeBilinear(
        alignCorners: try reader.uint8(2, of: options, default: 0) != 0,
        halfPixelCenters: try reader.uint8(3, of: options, default: 0) != 0)
    case 34: return .pad
    case 40: return .mean
    case 54: return .prelu
    case 124: return .densify
    default: return .other(code: code)
    }
  }

  private static func activation(
    _ reader: FlatBufferReader, _ options: FlatBufferReader.Table, _ field: Int
  ) throws(ModelError) -> Activation {
    Activation(code: try reader.uint8(field, of: options, default: 0))
  }

  /// The two convolutions' options differ by one field that shifts the activation and dilations.
  private static func convolution(
    _ reader: FlatBufferReader, _ options: FlatBufferReader.Table, activationField: Int
  ) throws(ModelError) -> Operator.Convolution {
    Operator.Convolution(
      padding: Padding(code: try reader.uint8(0, of: options, default: 0)),
      strideWidth: Int(try reader.int32(1, of: options, default: 0)),
      strideHeight: Int(try reader.int32(2, of: options, default: 0)),
      dilationWidth: Int(try reader.int32(activationField + 1, of: options, default: 1)),
      dilationHeight: Int(try reader.int32(activationField + 2, of: options, default: 1)),
      activation: try activation(reader, options, activationField))
  }
}
