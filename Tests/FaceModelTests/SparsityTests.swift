import Testing

@testable import FaceModel

/// Sparse and half-precision constants, as the full-range detector stores them.
@Suite struct SparsityTests {
  /// A 1×1 convolution from 3 to 2 channels whose filter is stored sparsely: DENSIFY, then CONV_2D.
  ///
  /// Dense filter: `[[0, 2, 0], [−1, 0, 4]]`.
  static func graph(
    indices: [UInt8] = [1, 0, 2], segments: [UInt8] = [0, 1, 3],
    values: [Float] = [2, -1, 4],
    format: (FlatValue, FlatValue) -> [Int: FlatValue] = {
      [0: .byte(1), 2: .byte(3), 3: .table([0: $0]), 4: .byte(3), 5: .table([0: $1])]
    }, traversal: [Int32] = [0, 1, 2, 3], sizes: [Int32] = [2, 1, 1]
  ) -> TestGraph {
    var graph = TestGraph(height: 2, width: 2)
    let filter = graph.constant([2, 1, 1, 3], values)
    graph.tensors[filter].sparsity = .table([
      0: .ints(traversal),
      2: .tables(
        sizes.map { .table([0: .byte(0), 1: .int($0)]) }
          + [.table(format(.bytes(segments), .bytes(indices)))]),
    ])
    let dense = graph.add(124, inputs: [filter], shape: [2, 1, 1, 3])
    let bias = graph.constant([2], [10, 20])
    graph.outputs = [
      graph.add(
        3, optionsType: 1, options: [0: .byte(1), 1: .int(1), 2: .int(1)],
        inputs: [0, dense, bias], shape: [1, 2, 2, 2])
    ]
    return graph
  }

  static let input: [Float] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
  static let expected: [Float] = stride(from: 0, to: 12, by: 3).flatMap { index -> [Float] in
    let (first, second, third) = (input[index], input[index + 1], input[index + 2])
    return [10 + 2 * second, 20 - first + 4 * third]
  }

  @Test func storedValuesGoToTheirPlaces() throws {
    #expect(try Self.graph().run(Self.input) == [Self.expected])
  }

  @Test func wideIndicesMeanTheSame() throws {
    // 16-bit segments and 32-bit indices, each from the bytes above.
    let graph = Self.graph(format: { segments, indices in
      [
        0: .byte(1), 2: .byte(2), 3: .table([0: segments.widened(to: 2)]), 4: .byte(1),
        5: .table([0: indices.widened(to: 4)]),
      ]
    })
    #expect(try graph.run(Self.input) == [Self.expected])
  }

  @Test func halfPrecisionIsWidenedWithoutLoss() throws {
    var graph = TestGraph(height: 2, width: 2)
    // 2, 0, 0 and −1, 0, 4 in half precision.
    let halves: [UInt16] = [0, 0x4000, 0, 0xBC00, 0, 0x4400]
    let filter = graph.constant([2, 1, 1, 3], [])
    graph.tensors[filter].type = 1
    graph.tensors[filter].data = halves.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let wide = graph.add(6, inputs: [filter], shape: [2, 1, 1, 3])
    let bias = graph.constant([2], [10, 20])
    graph.outputs = [
      graph.add(
        3, optionsType: 1, options: [0: .byte(1), 1: .int(1), 2: .int(1)],
        inputs: [0, wide, bias], shape: [1, 2, 2, 2])
    ]
    #expect(try graph.run(Self.input) == [Self.expected])
  }

  static let broken: [(name: String, make: @Sendable () -> TestGraph)] = [
    ("index beyond the dimension", { graph(indices: [1, 0, 3]) }),
    ("index repeated", { graph(indices: [1, 2, 2]) }),
    ("indices out of order", { graph(indices: [1, 2, 0]) }),
    ("segments out of order", { graph(segments: [0, 4, 3]) }),
    ("segments that do not start at zero", { graph(segments: [1, 1, 3]) }),
    ("segments that end early", { graph(segments: [0, 1, 2]) }),
    ("segments that end late", { graph(segments: [0, 1, 200]) }),
    ("too few segments", { graph(segments: [0, 3]) }),
    ("too few values", { graph(values: [2, -1]) }),
    ("too many values", { graph(values: [2, -1, 4, 5]) }),
    ("dense size that disagrees with the shape", { graph(sizes: [3, 1, 1]) }),
    ("negative dense size", { graph(sizes: [-2, 1, 1]) }),
    ("too few dimensions", { graph(sizes: [2, 1]) }),
    ("another order of dimensions", { graph(traversal: [1, 0, 2, 3]) }),
    (
      "unknown index type",
      { graph(format: { [0: .byte(1), 2: .byte(9), 3: $0, 4: .byte(9), 5: $1] }) }
    ),
    ("no indices", { graph(format: { _, _ in [0: .byte(1), 2: .byte(3), 4: .byte(3)] }) }),
  ]

  @Test(arguments: broken.map(\.name))
  func contradictionsAreRefused(_ name: String) throws {
    let graph = try #require(Self.broken.first { $0.name == name }?.make())
    let error = #expect(throws: ModelError.self) { try graph.run(Self.input) }
    #expect(error?.kind != .runtime)
  }

  @Test(arguments: [0, 1, 7, 16, 33, 1000])
  func halvesInARowWidenAsSingleOnesDo(_ count: Int) {
    // An infinity first, then numbers of all kinds; at an odd place in memory.
    let patterns = (0..<count).map { UInt16(truncatingIfNeeded: $0 &* 40_503 &+ 31_744) }
    let bytes: [UInt8] = [0] + patterns.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    var numbers = [Float](repeating: 0, count: count)
    var span = numbers.mutableSpan
    ModelBytes.copied(bytes).widenHalves(1..<bytes.count, to: &span)
    #expect(numbers.map(\.bitPattern) == patterns.map { widenHalf($0).bitPattern })
  }

  #if !(os(macOS) && arch(x86_64))
    @Test func everyHalfWidensToTheSameNumber() {
      for bits in UInt16.min...UInt16.max {
        let expected = Float(Float16(bitPattern: bits))
        let widened = widenHalf(bits)
        #expect(
          widened == expected || (widened.isNaN && expected.isNaN),
          "\(String(bits, radix: 16))")
        #expect(widened.sign == expected.sign)
      }
    }
  #endif
}

extension FlatValue {
  /// The bytes as little-endian elements of another width.
  fileprivate func widened(to width: Int) -> FlatValue {
    guard case .bytes(let bytes) = self else { return self }
    let elements = bytes.flatMap { [$0] + [UInt8](repeating: 0, count: width - 1) }
    return .elements(elements, count: bytes.count)
  }
}
