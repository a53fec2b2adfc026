/// Places the activations of a network in one block of memory, and shares space over time.
///
/// The XNNPACK snapshot in Debian 12 hardly shares: it gives the iris network 3.8 MB where 0.7 MB
/// suffice, more than a core's cache. So all tensors are external to it and placed here.
/// Source of the method, greedy by size: Pisarchyk and Lee, "Efficient Memory Management for Deep
/// Neural Net Inference", 2020.
struct MemoryPlan {
  /// First element of each value; nil for constants, outputs and fused values.
  let offsets: [Int?]
  /// Elements of the block.
  let count: Int

  /// A value's place and the layers between which it must be kept.
  private struct Placement {
    let start: Int
    let end: Int
    let life: ClosedRange<Int>
  }

  init(_ plan: NetworkPlan) {
    var lives = Self.lives(in: plan)
    let hosts = Self.mergeInPlace(&lives, plan)
    let order = lives.indices.sorted { first, second in
      (plan.values[second].shape.count, first) < (plan.values[first].shape.count, second)
    }
    var offsets = [Int?](repeating: nil, count: lives.count)
    var placements: [Placement] = []
    var count = 0
    for id in order {
      guard let life = lives[id] else { continue }
      let size = FloatArena.stride(of: plan.values[id].shape.count)
      let neighbours = placements.filter { $0.life.overlaps(life) }
        .sorted { $0.start < $1.start }
      // The smallest gap that holds it, or else the end.
      var best: (offset: Int, slack: Int)?
      var free = 0
      for neighbour in neighbours {
        let slack = neighbour.start - free - size
        if slack >= 0, slack < best?.slack ?? .max { best = (free, slack) }
        free = max(free, neighbour.end)
      }
      let start = best?.offset ?? free
      offsets[id] = start
      placements.append(Placement(start: start, end: start + size, life: life))
      count = max(count, start + size)
    }
    for (id, host) in hosts { offsets[id] = offsets[host] }
    self.offsets = offsets
    self.count = count
  }

  /// The first and last layer that touch each value that is to be placed.
  ///
  /// The input lives from before the first layer.
  private static func lives(in plan: NetworkPlan) -> [ClosedRange<Int>?] {
    var lives = [ClosedRange<Int>?](repeating: nil, count: plan.values.count)
    lives[plan.input] = -1...(-1)
    for (index, layer) in plan.layers.enumerated() {
      for id in layer.inputs + [layer.output] {
        lives[id] = (lives[id]?.lowerBound ?? index)...index
      }
    }
    for (id, value) in plan.values.enumerated() {
      switch value.role {
      case .input, .activation: break
      case .constant, .output, .fused: lives[id] = nil
      }
    }
    return lives
  }

  /// Lets layers that work element by element write where they read, when nobody reads it later.
  ///
  /// The host's life grows to cover the guest's, which is removed from `lives`.
  ///
  /// - Returns: pairs of a guest and the value whose place it takes over, hosts of hosts resolved.
  private static func mergeInPlace(
    _ lives: inout [ClosedRange<Int>?], _ plan: NetworkPlan
  ) -> [(guest: NetworkPlan.ValueID, host: NetworkPlan.ValueID)] {
    var hosts: [NetworkPlan.ValueID: NetworkPlan.ValueID] = [:]
    for (index, layer) in plan.layers.enumerated() where layer.isElementwise {
      guard let guestLife = lives[layer.output] else { continue }
      for input in layer.inputs {
        let host = hosts[input] ?? input
        guard let hostLife = lives[host], hostLife.upperBound == index else { continue }
        hosts[layer.output] = host
        lives[host] = hostLife.lowerBound...guestLife.upperBound
        lives[layer.output] = nil
        break
      }
    }
    return hosts.map { ($0.key, $0.value) }
  }
}

extension NetworkPlan.Layer {
  /// Whether each output number depends on the input numbers at the same place alone.
  fileprivate var isElementwise: Bool {
    switch self {
    case .addition, .clamp, .prelu, .sigmoid: true
    default: false
    }
  }
}
