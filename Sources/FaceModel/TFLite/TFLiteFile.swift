/// A TFLite model file: its tensors, operators, inputs and outputs, as written in the file.
///
/// Reading checks that the bytes are well formed (every reference and vector inside the file, every
/// count within `Limit`); whether the graph makes sense is checked by `NetworkPlan`.
/// Source: the TFLite schema, version 3, file identifier `TFL3`.
package struct TFLiteFile: Sendable {
  /// The model's name, for errors.
  package let name: String
  let tensors: [Tensor]
  let operators: [Operator]
  /// Indices into `tensors`.
  let inputs: [Int]
  /// Indices into `tensors`.
  let outputs: [Int]
  let reader: FlatBufferReader

  /// Upper bounds far above the face models', so that a crafted file cannot exhaust memory.
  enum Limit {
    static let tensors = 4096
    static let operators = 4096
    static let buffers = 8192
    static let operands = 64
    static let rank = 6
    /// Elements along one dimension.
    static let dimension = 1 << 16
    /// Elements in one tensor: 16 MB as floats.
    static let elements = 1 << 22
    /// Elements in all the constants of a graph together, and in all its activations.
    static let totalElements = 1 << 24
    /// Kernel elements over all the places of one sliding window; XNNPACK keeps a pointer for each.
    static let windowElements = 1 << 22
    /// Multiplications in a graph; the largest face model needs 106 million.
    static let multiplications = 1 << 31
  }

  /// Parses a model.
  ///
  /// - Throws: `ModelError` of kind `malformed` with the offset of the first fault.
  package init(bytes: ModelBytes, name: String) throws(ModelError) {
    let reader = FlatBufferReader(bytes: bytes, file: name)
    let model = try reader.root(identifier: "TFL3")
    let version = try reader.uint32(0, of: model, default: 0)
    guard version == 3 else {
      throw ModelError(.unsupported, file: name, "TFLite schema version \(version)")
    }
    let subgraphs = try reader.tables(2, of: model, limit: Limit.operators)
    guard subgraphs.count == 1, let graph = subgraphs.first else {
      throw ModelError(.unsupported, file: name, "\(subgraphs.count) subgraphs, not 1")
    }
    let buffers = try Self.readBuffers(reader, model: model)
    self.name = name
    self.reader = reader
    tensors = try Self.readTensors(reader, graph: graph, buffers: buffers)
    operators = try Self.readOperators(reader, model: model, graph: graph)
    inputs = try reader.int32s(1, of: graph, limit: Limit.operands)
    outputs = try reader.int32s(2, of: graph, limit: Limit.operands)
  }

  /// Gives memory back that the kernel can fill again.
  func release() { reader.bytes.release() }
}
