/// A network ready to run: owns XNNPACK's runtime, which holds the packed weights, and its input and
/// output buffers.
///
/// A network that runs seldom need not hold its weights: it packs those of a few layers, runs these, and
/// goes on with the next. A run then takes as long as making the network, and no weights stay.
///
/// Runs on the calling thread alone. One `Network` serves one frame after another; it must not be
/// used from two threads at once, which `mutating` and the single owner enforce.
package struct Network: ~Copyable, Sendable {
  /// The model's name, for errors.
  package let name: String
  /// `[1, height, width, 3]`, row-major, RGB.
  package let inputShape: TensorShape
  /// In the model file's order; then the tensors that the plan keeps.
  package let outputShapes: [TensorShape]
  /// Nil when runtimes are made for each run.
  private var runtime: XNNRuntime?
  private let plan: NetworkPlan?
  private let plannedMemory: MemoryPlan
  /// Holds the input and the activations.
  package let activations: ActivationMemory
  /// Buffer `i` holds output `i`.
  private let outputs: FloatArena
  /// Where the input stands among the activations; the run overwrites it.
  private let inputRange: Range<Int>

  /// Fills the input and computes the outputs.
  ///
  /// - Parameter fill: writes all `inputShape.count` numbers of the picture, row-major, RGB; what
  ///   stands there before is left over from the last run.
  /// - Throws: what `fill` throws, or `ModelError` of kind `runtime`.
  package mutating func run(
    fill: (inout MutableSpan<Float>) throws(ModelError) -> Void
  ) throws(ModelError) {
    try activations.use { (memory) throws(ModelError) in
      try memory.withMutableSpan(0, inputRange, fill)
      try runtime?.invoke(name: name)
      if let plan {
        try XNNRuntime.run(plan, memory: plannedMemory, activations: memory, outputs: outputs)
      }
    }
  }

  /// Reads output `index` of the last run: `outputShapes[index].count` numbers.
  package func withOutput<Result, Failure: Error>(
    _ index: Int, _ body: (Span<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try outputs.withSpan(index, body)
  }
}

extension Network {
  /// Builds the runtime; the weights are copied and packed, and the plan is not kept.
  ///
  /// - Parameters:
  ///   - shared: memory of a network that never runs at the same time; it is used when it is large
  ///     enough.
  ///   - isPacked: whether the weights are packed once; otherwise each run does it, from the plan, which
  ///     is kept.
  /// - Throws: `ModelError` of kind `invalidGraph` when a sparse constant contradicts itself, and
  ///   of kind `runtime` when XNNPACK refuses the graph; with `isPacked` false, the runs throw them.
  package init(
    _ plan: NetworkPlan, sharing shared: ActivationMemory? = nil, isPacked: Bool = true
  ) throws(ModelError) {
    let memory = MemoryPlan(plan)
    let activations: ActivationMemory
    if let shared, shared.count >= memory.count {
      activations = shared
    } else {
      activations = try ActivationMemory(count: memory.count, file: plan.name)
    }
    let outputs = try FloatArena(counts: plan.outputShapes.map(\.count), file: plan.name)
    let inputStart = memory.offsets[plan.input] ?? 0
    self.init(
      name: plan.name, inputShape: plan.inputShape, outputShapes: plan.outputShapes,
      runtime: isPacked
        ? try XNNRuntime(plan, memory: memory, activations: activations, outputs: outputs) : nil,
      plan: isPacked ? nil : plan, plannedMemory: memory, activations: activations,
      outputs: outputs, inputRange: inputStart..<(inputStart + plan.inputShape.count))
  }
}
