import Testing

@testable import FaceModel

/// Tensors that are needed at the same time never share memory.
@Suite struct MemoryPlanTests {
  /// Every layer's operands, at that layer: what it reads may be where it writes only when it works
  /// element by element, and what is still to be read must not be written over.
  private func conflicts(in plan: NetworkPlan) -> [String] {
    let memory = MemoryPlan(plan)
    var lastRead = [Int](repeating: -1, count: plan.values.count)
    for (index, layer) in plan.layers.enumerated() {
      for input in layer.inputs { lastRead[input] = index }
    }
    func range(_ id: Int) -> Range<Int>? {
      memory.offsets[id].map { $0..<($0 + plan.values[id].shape.count) }
    }
    var conflicts: [String] = []
    var live = [plan.input]
    for (index, layer) in plan.layers.enumerated() {
      guard let written = range(layer.output) else {
        live.removeAll { lastRead[$0] <= index }
        continue
      }
      if written.upperBound + 4 > memory.count { conflicts.append("beyond the end") }
      for id in live {
        guard let kept = range(id), kept.overlaps(written) else { continue }
        let inPlace = layer.inputs.contains(id) && lastRead[id] == index && kept == written
        if !(inPlace && layer.worksInPlace) {
          conflicts.append("layer \(index) writes over value \(id)")
        }
      }
      live.removeAll { lastRead[$0] <= index }
      live.append(layer.output)
    }
    return conflicts
  }

  @Test func craftedGraphsHaveNoConflicts() throws {
    #expect(conflicts(in: try TestGraph.sound().plan()) == [])
    #expect(conflicts(in: try TestGraph.soundUpsampling().plan()) == [])
    #expect(conflicts(in: try TestGraph.soundHead().plan()) == [])
  }

  @Test(.enabled(if: Models.available), arguments: FaceModelFile.allCases)
  func modelsHaveNoConflicts(_ file: FaceModelFile) throws {
    let plan = try NetworkPlan(
      TFLiteFile(bytes: Models.store.bytes(of: file), name: file.fileName))
    #expect(conflicts(in: plan) == [])
  }

  @Test(.enabled(if: Models.available), arguments: FaceModelFile.allCases)
  func workingMemoryIsThatOfAFewTensors(_ file: FaceModelFile) throws {
    let plan = try NetworkPlan(
      TFLiteFile(bytes: Models.store.bytes(of: file), name: file.fileName))
    let largest = plan.values.map(\.shape.count).max() ?? 0
    #expect(MemoryPlan(plan).count <= 4 * largest)
  }
}

extension NetworkPlan.Layer {
  fileprivate var worksInPlace: Bool {
    switch self {
    case .addition, .clamp, .prelu: true
    default: false
    }
  }
}
