internal import CXNNPACK

/// The one owner of an XNNPACK subgraph: the description from which a part of a runtime is made.
@safe struct XNNSubgraph: ~Copyable {
  let handle: xnn_subgraph_t
  /// XNNPACK's identifier of each of the plan's values that the part reads or writes.
  let identifiers: [NetworkPlan.ValueID: UInt32]

  /// Describes some layers of a verified plan.
  ///
  /// - Parameters:
  ///   - layers: those that follow each other in the plan.
  ///   - weights: one buffer for each of the plan's values; it must live until the runtime is made of
  ///     this subgraph.
  ///   - slopes: likewise; it must outlive the runtime.
  init(
    _ plan: NetworkPlan, layers: Range<Int>, weights: borrowing FloatArena,
    slopes: borrowing FloatArena
  ) throws(ModelError) {
    try check(xnn_initialize(nil), "initialisation", plan.name)
    let values = plan.values(of: layers)
    let externalCount = values.count { plan.values[$0].role.isExternal }
    var created: xnn_subgraph_t?
    try check(
      unsafe xnn_create_subgraph(UInt32(externalCount), 0, &created), "creation", plan.name)
    guard let created = unsafe created else {
      throw ModelError(.runtime, file: plan.name, "no subgraph")
    }
    do {
      let identifiers = try unsafe Self.define(
        values, written: Set(plan.layers[layers].map(\.output)), of: plan, in: created,
        weights: weights, slopes: slopes)
      for layer in plan.layers[layers] {
        try check(
          unsafe layer.define(in: created, identifiers), "an operator", plan.name)
      }
      unsafe handle = created
      self.identifiers = identifiers
    } catch {
      unsafe xnn_delete_subgraph(created)
      throw error
    }
  }

  deinit { unsafe xnn_delete_subgraph(handle) }

  /// - Parameter written: what the layers write; the rest is there before they run.
  private static func define(
    _ values: [NetworkPlan.ValueID], written: Set<NetworkPlan.ValueID>, of plan: NetworkPlan,
    in subgraph: xnn_subgraph_t, weights: borrowing FloatArena, slopes: borrowing FloatArena
  ) throws(ModelError) -> [NetworkPlan.ValueID: UInt32] {
    var identifiers: [NetworkPlan.ValueID: UInt32] = [:]
    var nextExternal: UInt32 = 0
    for id in values {
      let value = plan.values[id]
      var external = UInt32.max  // XNN_INVALID_VALUE_ID
      var flags: UInt32 = 0
      var data: UnsafeRawPointer?
      switch value.role {
      case .input, .activation, .output:
        let isWritten = written.contains(id)
        flags = UInt32(
          isWritten ? XNN_VALUE_FLAG_EXTERNAL_OUTPUT : XNN_VALUE_FLAG_EXTERNAL_INPUT)
      case .constant:
        if let floats = unsafe plan.residentFloats(of: value) {
          unsafe data = UnsafeRawPointer(floats)
        } else {
          unsafe data = UnsafeRawPointer(
            slopes.count(id) > 0 ? slopes.address(id) : weights.address(id))
        }
      case .fused: continue
      }
      if value.role.isExternal {
        external = nextExternal
        nextExternal += 1
      }
      var identifier: UInt32 = 0
      let status = unsafe value.shape.dimensions.withUnsafeBufferPointer { dimensions in
        unsafe xnn_define_tensor_value(
          subgraph, xnn_datatype_fp32, dimensions.count,
          UnsafeRawPointer(dimensions.baseAddress)?.assumingMemoryBound(to: Int.self), data,
          external, flags, &identifier)
      }
      try check(status, "a tensor", plan.name)
      identifiers[id] = identifier
    }
    return identifiers
  }
}

extension NetworkPlan {
  /// A constant's values where they stand in the program; `nil` when they must be copied.
  func residentFloats(of value: Value) -> UnsafePointer<Float>? {
    guard case .constant(let tensor, let shape) = value.role else { return nil }
    return unsafe file.residentFloats(of: tensor, shape: shape)
  }
}

extension NetworkPlan.Role {
  /// Whether the caller owns the memory.
  var isExternal: Bool {
    switch self {
    case .input, .activation, .output: true
    case .constant, .fused: false
    }
  }
}

/// Turns a status of XNNPACK into an error.
func check(_ status: xnn_status, _ what: String, _ file: String) throws(ModelError) {
  guard status != xnn_status_success else { return }
  // It asks the system about the processor, for which a file has to be opened.
  guard status != xnn_status_out_of_memory else {
    throw ModelError(.outOfMemory, file: file, "no memory for \(what)")
  }
  throw ModelError(.runtime, file: file, "XNNPACK refused \(what), status \(status.rawValue)")
}
