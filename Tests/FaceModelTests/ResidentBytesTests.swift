import Testing

@testable import FaceModel

/// Weights that are used where they stand in the program, and pages that are given back.
struct ResidentBytesTests {
  /// 64 bytes that are never freed, as constants are.
  private static let constants = {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 16)
    for index in bytes.indices { bytes[index] = UInt8(index) }
    return ResidentBytes(constants: UnsafeRawBufferPointer(bytes))
  }()

  @Test func alignedNumbersAreUsedInPlace() throws {
    let floats = try #require(Self.constants.floats(8..<16))
    #expect(floats.pointee == Float(bitPattern: 0x0B0A_0908))
  }

  @Test func numbersOffTheirAlignmentAreCopied() {
    #expect(Self.constants.floats(6..<14) == nil)
  }

  @Test func numbersWithoutSpareBytesBehindThemAreCopied() {
    #expect(Self.constants.floats(40..<48) != nil)
    #expect(Self.constants.floats(44..<52) == nil)
    #expect(Self.constants.floats(-8..<0) == nil)
  }

  @Test(
    .enabled(if: Models.store.state == .embedded, "the models are not part of the program"),
    arguments: FaceModelFile.allCases)
  func aModelOfTheProgramComputesWhatItsCopyDoes(_ file: FaceModelFile) throws {
    let input = ReferenceTests.input(of: file)
    let bytes = try Models.store.bytes(of: file)
    var copied = try Network(NetworkPlan(TFLiteFile(bytes: bytes, name: file.fileName)))
    var resident = try Models.store.network(file)
    let expected = try copied.outputs(of: input)
    #expect(try resident.outputs(of: input) == expected)
  }

  @Test(
    .enabled(if: Models.store.state == .embedded, "the models are not part of the program"),
    arguments: FaceModelFile.allCases)
  func releasedPagesComeBackUnchanged(_ file: FaceModelFile) throws {
    let before = try Models.store.bytes(of: file)
    _ = try Models.store.network(file)
    #expect(try Models.store.bytes(of: file) == before)
  }
}
