import Testing

@testable import FaceModel

/// Files that contradict themselves are refused before XNNPACK sees them.
///
/// XNNPACK checks none of this: each of these would make it read or write outside its buffers, or
/// run for ever.
@Suite struct RefusalTests {
  /// One change to a sound graph that must be noticed.
  struct Fault: CustomTestStringConvertible, Sendable {
    let name: String
    let apply: @Sendable (inout TestGraph) -> Void
    var testDescription: String { name }

    init(_ name: String, _ apply: @escaping @Sendable (inout TestGraph) -> Void) {
      self.name = name
      self.apply = apply
    }
  }

  @Test func theSoundGraphRuns() throws {
    let outputs = try TestGraph.sound().run(.noise(8 * 8 * 3, seed: 5))
    #expect(outputs.map(\.count) == [64])
  }

  static let faults: [Fault] = [
    // Shapes that do not follow from the operator.
    Fault("convolution output too large") { $0.tensors[3].shape = [1, 16, 16, 4] },
    Fault("convolution output too small") { $0.tensors[3].shape = [1, 4, 4, 4] },
    Fault("convolution output with other channels") { $0.tensors[3].shape = [1, 8, 8, 64] },
    Fault("depthwise output too large") { $0.tensors[6].shape = [1, 5, 5, 4] },
    Fault("pooling output too large") { $0.tensors[7].shape = [1, 8, 8, 4] },
    Fault("PRELU output of another shape") { $0.tensors[9].shape = [1, 4, 4, 8] },
    Fault("PAD output of another shape") { $0.tensors[11].shape = [1, 5, 4, 4] },
    Fault("sum of another shape") { $0.tensors[12].shape = [1, 4, 8, 4] },
    Fault("reshape to more elements") { $0.tensors[13].shape = [1, 128] },
    Fault("reshape to fewer elements") { $0.tensors[13].shape = [1, 32] },
    // Dimensions.
    Fault("zero dimension") { $0.tensors[3].shape = [1, 0, 8, 4] },
    Fault("negative dimension") { $0.tensors[3].shape = [1, -8, 8, 4] },
    Fault("product beyond 2^32") { $0.tensors[0].shape = [1, 65536, 65536, 3] },
    Fault("dimension of 2^31 − 1") { $0.tensors[3].shape = [1, 2_147_483_647, 8, 4] },
    Fault("batch of two") { $0.tensors[0].shape = [2, 8, 8, 3] },
    Fault("input without dimensions") { $0.tensors[0].shape = [] },
    Fault("seven dimensions") { $0.tensors[0].shape = [1, 1, 1, 1, 8, 8, 3] },
    // Constants.
    Fault("short bias") {
      $0.tensors[2].shape = [2]
      $0.tensors[2].data?.removeLast(8)
    },
    Fault("bias with missing data") { $0.tensors[2].data?.removeLast(4) },
    Fault("bias with half an element") { $0.tensors[2].data?.removeLast(2) },
    Fault("bias with too much data") { $0.tensors[2].data? += [0, 0, 0, 0] },
    Fault("bias of integers") { $0.tensors[2].type = 2 },
    Fault("bias of an unknown type") { $0.tensors[2].type = 9 },
    Fault("bias without a buffer") { $0.tensors[2].data = nil },
    Fault("filter with missing data") { $0.tensors[1].data?.removeLast(4) },
    Fault("filter of more channels than the input") {
      $0.tensors[1].shape = [4, 3, 3, 6]
      $0.tensors[1].data? += [UInt8](repeating: 0, count: 4 * 9 * 3 * 4)
    },
    Fault("filter of three dimensions") { $0.tensors[1].shape = [36, 3, 3] },
    Fault("depthwise filter for fewer channels") {
      $0.tensors[4].shape = [1, 3, 3, 2]
      $0.tensors[4].data?.removeLast(72)
    },
    Fault("slope for fewer channels") {
      $0.tensors[8].shape = [1, 1, 2]
      $0.tensors[8].data?.removeLast(8)
    },
    Fault("slope a picture in size") { $0.tensors[8].shape = [4, 1, 1] },
    Fault("pads with missing data") { $0.tensors[10].data?.removeLast(4) },
    Fault("constant where the picture belongs") { $0.operators[0].inputs[0] = 1 },
    Fault("picture where the filter belongs") { $0.operators[1].inputs[1] = 3 },
    Fault("bias left out") { $0.operators[0].inputs[2] = -1 },
    // Attributes.
    Fault("stride zero") { $0.operators[0].options[1] = .int(0) },
    Fault("negative stride") { $0.operators[0].options[2] = .int(-1) },
    Fault("huge stride") { $0.operators[0].options[1] = .int(2_147_483_647) },
    Fault("stride left out") { $0.operators[0].options[1] = nil },
    Fault("dilation zero") { $0.operators[0].options[4] = .int(0) },
    Fault("negative dilation") { $0.operators[0].options[5] = .int(-3) },
    Fault("dilation two") { $0.operators[0].options[4] = .int(2) },
    Fault("unknown padding") { $0.operators[0].options[0] = .byte(7) },
    Fault("unknown activation") { $0.operators[0].options[3] = .byte(4) },
    Fault("depth multiplier zero") { $0.operators[1].options[3] = .int(0) },
    Fault("depth multiplier two") { $0.operators[1].options[3] = .int(2) },
    Fault("negative depth multiplier") { $0.operators[1].options[3] = .int(-1) },
    Fault("pooling over nothing") { $0.operators[2].options[3] = .int(0) },
    Fault("pooling over one element") {
      $0.operators[2].options[3] = .int(1)
      $0.operators[2].options[4] = .int(1)
    },
    Fault("pooling over a negative window") {
      $0.operators[2].options[3] = .int(-2)
      $0.operators[2].options[4] = .int(-2)
    },
    Fault("pooling window larger than the picture") {
      $0.operators[2].options[3] = .int(16)
      $0.operators[2].options[4] = .int(16)
    },
    Fault("pooling window whose area overflows") {
      $0.operators[2].options[3] = .int(2_147_483_647)
      $0.operators[2].options[4] = .int(2_147_483_647)
    },
    Fault("negative pad") { $0.setInteger(-1, at: 3, of: 10) },
    Fault("huge pad") { $0.setInteger(2_147_483_647, at: 3, of: 10) },
    Fault("padded batch") { $0.setInteger(1, at: 0, of: 10) },
    Fault("options of another operator") { $0.operators[0].optionsType = 5 },
    Fault("unknown operator") { $0.operators[0].code = 99 },
    // Wiring.
    Fault("tensor index beyond the end") { $0.operators[0].inputs[0] = 1000 },
    Fault("negative tensor index") { $0.operators[0].inputs[0] = -2 },
    Fault("output index beyond the end") { $0.operators[0].outputs[0] = 1000 },
    Fault("operator without outputs") { $0.operators[0].outputs = [] },
    Fault("operator with two outputs") { $0.operators[0].outputs = [3, 6] },
    Fault("operator without inputs") { $0.operators[4].inputs = [] },
    Fault("operator with three inputs instead of two") { $0.operators[5].inputs = [6, 11, 9] },
    Fault("read before it is written") { $0.operators.swapAt(0, 1) },
    Fault("cycle") { $0.operators[1].inputs[0] = 12 },
    Fault("written twice") { $0.operators[2].outputs = [6] },
    Fault("writes the network's input") { $0.operators[0].outputs = [0] },
    Fault("writes a constant") { $0.operators[0].outputs = [1] },
    Fault("computed in vain") { $0.operators[5].inputs = [6, 6] },
    Fault("reads a reshaped tensor") {
      $0.operators[6].inputs = [11]
      $0.tensors[13].shape = [1, 4, 4, 4]
      $0.operators[5].inputs = [6, 13]
      $0.operators.swapAt(5, 6)
      $0.outputs = [12]
    },
    Fault("no input") { $0.inputs = [] },
    Fault("two inputs") { $0.inputs = [0, 3] },
    Fault("input index beyond the end") { $0.inputs = [77] },
    Fault("constant as input") { $0.inputs = [1] },
    Fault("no output") { $0.outputs = [] },
    Fault("output index beyond the end of the graph") { $0.outputs = [77] },
    Fault("negative output index") { $0.outputs = [-1] },
    Fault("output that nobody writes") {
      $0.outputs = [$0.activation([1, 64])]
    },
    Fault("the same output twice") { $0.outputs = [13, 13] },
    Fault("the input as output") { $0.outputs = [13, 0] },
    Fault("a constant as output") { $0.outputs = [13, 2] },
    Fault("output that a layer reads too") { $0.outputs = [13, 3] },
    Fault("output of integers") { $0.tensors[13].type = 2 },
    Fault("another schema version") { $0.version = 4 },
  ]

  @Test(arguments: faults)
  func isRefused(_ fault: Fault) {
    var graph = TestGraph.sound()
    fault.apply(&graph)
    let error = #expect(throws: ModelError.self) {
      var network = try Network(graph.plan())
      _ = try network.outputs(of: [Float](repeating: 0, count: network.inputShape.count))
    }
    // Refused by the plan, not left to XNNPACK.
    #expect(error?.kind != .runtime)
    #expect(error?.file == "test")
    #expect(error?.cause.isEmpty == false)
  }

  static let upsamplingFaults: [Fault] = [
    Fault("size zero") { $0.setInteger(0, at: 0, of: 1) },
    Fault("negative size") { $0.setInteger(-8, at: 1, of: 1) },
    Fault("huge size") { $0.setInteger(2_147_483_647, at: 1, of: 1) },
    Fault("size of one number") { $0.tensors[1].data?.removeLast(4) },
    Fault("size of floats") { $0.tensors[1].type = 0 },
    Fault("resized output of another shape") { $0.tensors[2].shape = [1, 8, 9, 3] },
    Fault("resized output with more channels") { $0.tensors[2].shape = [1, 8, 8, 12] },
    Fault("aligned corners") { $0.operators[0].options[2] = .byte(1) },
    Fault("whole-pixel centres") { $0.operators[0].options[3] = .byte(0) },
    Fault("block zero") { $0.operators[2].options[0] = .int(0) },
    Fault("block one") { $0.operators[2].options[0] = .int(1) },
    Fault("negative block") { $0.operators[2].options[0] = .int(-2) },
    Fault("block that does not divide the channels") { $0.operators[2].options[0] = .int(3) },
    Fault("huge block") { $0.operators[2].options[0] = .int(2_147_483_647) },
    Fault("spread output of another shape") { $0.tensors[6].shape = [1, 16, 16, 8] },
  ]

  @Test func theSoundUpsamplingGraphRuns() throws {
    let outputs = try TestGraph.soundUpsampling().run(.noise(4 * 4 * 3, seed: 5))
    #expect(outputs.map(\.count) == [512])
  }

  @Test(arguments: upsamplingFaults)
  func isRefusedWhenUpsampling(_ fault: Fault) {
    var graph = TestGraph.soundUpsampling()
    fault.apply(&graph)
    let error = #expect(throws: ModelError.self) { try graph.plan() }
    #expect(error?.kind == .invalidGraph || error?.kind == .unsupported)
  }

  static let headFaults: [Fault] = [
    Fault("mean over the channels") { $0.setInteger(3, at: 1, of: 1) },
    Fault("mean over the rows twice") { $0.setInteger(1, at: 1, of: 1) },
    Fault("mean over an axis beyond the end") { $0.setInteger(2_147_483_647, at: 0, of: 1) },
    Fault("mean of more numbers than channels") { $0.tensors[2].shape = [1, 64] },
    Fault("filter for more numbers than there are") {
      $0.tensors[3].shape = [2, 64]
      $0.tensors[3].data? += [UInt8](repeating: 0, count: 2 * 61 * 4)
    },
    Fault("filter with missing data") { $0.tensors[3].data?.removeLast(4) },
    Fault("short bias") {
      $0.tensors[4].shape = [1]
      $0.tensors[4].data?.removeLast(4)
    },
    Fault("more sums than the filter makes") { $0.tensors[5].shape = [1, 64] },
    Fault("a picture instead of a pixel") { $0.operators[1].inputs[0] = 0 },
    Fault("weights in another format") { $0.operators[1].options[1] = .byte(1) },
    Fault("bounded output of another shape") { $0.tensors[6].shape = [1, 64] },
  ]

  @Test func theSoundHeadRuns() throws {
    let outputs = try TestGraph.soundHead().run(.noise(4 * 4 * 3, seed: 5))
    #expect(outputs.map(\.count) == [2])
  }

  @Test(arguments: headFaults)
  func isRefusedInAHead(_ fault: Fault) {
    var graph = TestGraph.soundHead()
    fault.apply(&graph)
    let error = #expect(throws: ModelError.self) { try graph.plan() }
    #expect(error?.kind == .invalidGraph || error?.kind == .unsupported)
  }

  @Test func workIsBounded() {
    // 1024² places of a 64×64 kernel: 4 billion products from a file of 50 kilobytes.
    var graph = TestGraph(height: 1024, width: 1024)
    graph.outputs = [
      graph.convolution(
        0, channels: 1, kernel: 64, stride: 1, same: true, shape: [1, 1024, 1024, 1])
    ]
    #expect(throws: ModelError.self) { try graph.plan() }
  }

  /// XNNPACK of 2022 computes these windows and that of 2024 does not: one plan must not depend on it.
  @Test(arguments: [(2, 2, 3, 3), (2, 2, 3, 2), (2, 2, 2, 3), (1, 2, 2, 2), (2, 1, 1, 2)])
  func poolingMayLeaveNothingOut(
    height: Int32, width: Int32, strideHeight: Int32, strideWidth: Int32
  ) {
    var graph = TestGraph(height: 8, width: 8)
    let rows = Int(8 - height) / Int(strideHeight) + 1
    let columns = Int(8 - width) / Int(strideWidth) + 1
    graph.outputs = [
      graph.add(
        17, optionsType: 5,
        options: [
          0: .byte(1), 1: .int(strideWidth), 2: .int(strideHeight), 3: .int(width),
          4: .int(height), 5: .byte(0),
        ], inputs: [0], shape: [1, rows, columns, 3])
    ]
    let error = #expect(throws: ModelError.self) { try graph.plan() }
    #expect(error?.kind == .unsupported)
    #expect(error?.cause.contains("stride \(strideHeight)×\(strideWidth)") == true)
  }

  @Test func concatenationMustBeContiguous() throws {
    // Along the channels the parts would interleave.
    var graph = TestGraph(height: 4, width: 4)
    let first = graph.convolution(
      0, channels: 2, kernel: 1, stride: 1, same: true, shape: [1, 4, 4, 2])
    let second = graph.depthwise(0, kernel: 1, stride: 1, same: true, shape: [1, 4, 4, 3])
    graph.outputs = [
      graph.add(
        2, optionsType: 10, options: [0: .int(3)], inputs: [first, second], shape: [1, 4, 4, 5])
    ]
    #expect(throws: ModelError.self) { try graph.plan() }
    // Along the rows they do not, but their widths must agree.
    graph.operators[2].options[0] = .int(1)
    #expect(throws: ModelError.self) { try graph.plan() }
  }
}

extension TestGraph {
  /// Replaces one number of a constant of integers.
  mutating func setInteger(_ value: Int32, at index: Int, of tensor: Int) {
    for byte in 0..<4 {
      tensors[tensor].data?[4 * index + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte))
    }
  }
}
