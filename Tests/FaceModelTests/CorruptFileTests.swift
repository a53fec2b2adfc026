import Testing

@testable import FaceModel

/// Damaged files end in an error or in a network that runs; never in a trap or a stray access.
///
/// Run with `--sanitize=address` these tests also watch every access of the reader and the buffers.
@Suite struct CorruptFileTests {
  /// Parses, verifies, builds and runs; returns nil when it worked.
  private func failure(of bytes: [UInt8]) -> ModelError? {
    do throws(ModelError) {
      var network = try Network(NetworkPlan(TFLiteFile(bytes: bytes, name: "damaged")))
      try network.run { span in
        for index in span.indices { span[index] = 0.5 }
      }
      return nil
    } catch {
      return error
    }
  }

  @Test func everyTruncationIsRefused() {
    let bytes = TestGraph.sound().bytes
    #expect(failure(of: bytes) == nil)
    for length in 0..<bytes.count {
      let error = failure(of: Array(bytes[..<length]))
      #expect(error != nil, "cut to \(length) bytes")
      #expect(error?.kind == .malformed || error?.kind == .invalidGraph)
    }
  }

  @Test(arguments: [0x00, 0x01, 0x7F, 0x80, 0xFF] as [UInt8])
  func everyByteMayBeWrong(_ replacement: UInt8) {
    let bytes = TestGraph.sound().bytes
    var refused = 0
    for index in bytes.indices where bytes[index] != replacement {
      var damaged = bytes
      damaged[index] = replacement
      if let error = failure(of: damaged) {
        refused += 1
        #expect(error.kind != .runtime, "byte \(index)")
      }
    }
    #expect(refused > 100)
  }

  @Test func theOffsetOfTheFaultIsNamed() throws {
    var bytes = TestGraph.sound().bytes
    let end = UInt32(bytes.count) + 100
    for byte in 0..<4 { bytes[byte] = UInt8(truncatingIfNeeded: end >> (8 * byte)) }
    let error = try #require(failure(of: bytes))
    #expect(error.kind == .malformed)
    #expect(error.offset == Int(end))
    #expect(error.description.contains("damaged"))
  }

  @Test func otherFilesAreRecognisedAsSuch() {
    for text in ["", "x", "ffconcat version 1.0", "#EXTM3U", String(repeating: "A", count: 500)] {
      #expect(failure(of: Array(text.utf8))?.kind == .malformed)
    }
  }

  @Test(.enabled(if: Models.available), arguments: FaceModelFile.allCases)
  func truncatedModelsAreRefused(_ file: FaceModelFile) throws {
    let bytes = try Models.store.bytes(of: file)
    for part in 0..<64 {
      #expect(failure(of: Array(bytes[..<(bytes.count * part / 64)])) != nil)
    }
  }

  @Test(.enabled(if: Models.available), arguments: FaceModelFile.allCases)
  func modelsWithWrongBytesAreRefusedOrRun(_ file: FaceModelFile) throws {
    let bytes = try Models.store.bytes(of: file)
    // Descriptions of tensors and operators stand at the end of these files or before the weights.
    var state: UInt64 = 42
    for _ in 0..<60 {
      var damaged = bytes
      for _ in 0..<4 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(state >> 33) % 30_000
        let index = state & (1 << 20) == 0 ? bytes.count - 1 - place : place
        damaged[index] = UInt8(truncatingIfNeeded: state >> 24)
      }
      if let error = failure(of: damaged) { #expect(error.kind != .runtime) }
    }
  }
}
