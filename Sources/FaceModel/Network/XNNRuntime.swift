internal import CXNNPACK

/// The one owner of a network's XNNPACK runtimes: the packed weights and the plan of execution.
///
/// XNNPACK packs all filters and biases for its kernels when a runtime is made, and needs the plain ones
/// until then. So a network is made of several runtimes, which run one after another: only the plain
/// weights of one are there at a time. Slopes, which are few, stay as long as the runtimes.
///
/// It may change its thread, because it alone has the handles; a run needs exclusive access.
@safe struct XNNRuntime: ~Copyable, @unchecked Sendable {
  private let handles: [xnn_runtime_t]
  private let slopes: FloatArena

  /// Makes the runtimes and binds their external tensors to their buffers, all in one call.
  ///
  /// - Parameters:
  ///   - memory: where the input and the activations stand in `activations`.
  ///   - activations: must outlive the runtime.
  ///   - outputs: buffer `i` is output `i`; they must outlive the runtime.
  init(
    _ plan: NetworkPlan, memory: MemoryPlan, activations: ActivationMemory,
    outputs: borrowing FloatArena
  ) throws(ModelError) {
    var handles: [xnn_runtime_t] = unsafe []
    let slopes = try plan.slopeValues()
    do {
      for layers in plan.parts {
        let handle = try unsafe Self.made(layers, of: plan, slopes: slopes)
        unsafe handles.append(handle.runtime)
        try activations.use { (arena) throws(ModelError) in
          try unsafe Self.bind(handle.runtime, handle.identifiers, plan, memory, arena, outputs)
        }
      }
      unsafe self.handles = handles
      self.slopes = slopes
    } catch {
      for index in unsafe handles.indices { unsafe xnn_delete_runtime(handles[index]) }
      throw error
    }
  }

  deinit {
    for index in unsafe handles.indices { unsafe xnn_delete_runtime(handles[index]) }
  }

  /// Computes the outputs part by part: the runtime of each is gone when the next is made.
  ///
  /// - Parameter activations: holds the input.
  static func run(
    _ plan: NetworkPlan, memory: MemoryPlan, activations: borrowing FloatArena,
    outputs: borrowing FloatArena
  ) throws(ModelError) {
    defer { plan.file.release() }
    let slopes = try plan.slopeValues()
    for layers in plan.parts {
      let handle = try unsafe made(layers, of: plan, slopes: slopes)
      defer { unsafe xnn_delete_runtime(handle.runtime) }
      try unsafe bind(handle.runtime, handle.identifiers, plan, memory, activations, outputs)
      try check(unsafe xnn_invoke_runtime(handle.runtime), "to run", plan.name)
    }
  }

  /// Makes one runtime; the plain weights are gone when it is made.
  private static func made(
    _ layers: Range<Int>, of plan: NetworkPlan, slopes: borrowing FloatArena
  ) throws(ModelError) -> (runtime: xnn_runtime_t, identifiers: [NetworkPlan.ValueID: UInt32]) {
    let weights = try plan.weights(of: layers)
    let subgraph = try XNNSubgraph(plan, layers: layers, weights: weights, slopes: slopes)
    var created: xnn_runtime_t?
    // No thread pool: everything runs on the calling thread.
    try unsafe check(
      xnn_create_runtime_v2(subgraph.handle, nil, 0, &created), "the runtime", plan.name)
    guard let created = unsafe created else {
      throw ModelError(.runtime, file: plan.name, "no runtime")
    }
    return unsafe (created, subgraph.identifiers)
  }

  private static func bind(
    _ runtime: xnn_runtime_t, _ identifiers: [NetworkPlan.ValueID: UInt32], _ plan: NetworkPlan,
    _ memory: MemoryPlan, _ activations: borrowing FloatArena, _ outputs: borrowing FloatArena
  ) throws(ModelError) {
    var externals: [xnn_external_value] = unsafe []
    for (id, identifier) in identifiers {
      let address: UnsafeMutablePointer<Float>?
      switch plan.values[id].role {
      case .input, .activation:
        guard let offset = memory.offsets[id] else { continue }
        unsafe address = activations.address(0, offset: offset)
      case .output(let index, let offset):
        unsafe address = outputs.address(index, offset: offset)
      case .constant, .fused: continue
      }
      unsafe externals.append(xnn_external_value(id: identifier, data: address))
    }
    try check(
      unsafe xnn_setup_runtime(runtime, externals.count, externals), "the buffers", plan.name)
  }

  /// Computes the outputs from what the input buffer holds.
  mutating func invoke(name: String) throws(ModelError) {
    for index in unsafe handles.indices {
      try check(unsafe xnn_invoke_runtime(handles[index]), "to run", name)
    }
  }
}
