import CVPrep
import Foundation
import TestSupport
import Testing

/// What a program that was compiled with an earlier `vprep.h` relies on.
///
/// A number here changes only with the first number of the version, and with it the name of the
/// library's file.
@Suite("The binary interface")
struct LayoutTests {
  @Test("has a clip of four members that stay where they are")
  func clip() {
    #expect(MemoryLayout<vprep_clip>.size == 32)
    let offsets = [
      MemoryLayout<vprep_clip>.offset(of: \.path), MemoryLayout<vprep_clip>.offset(of: \.bytes),
      MemoryLayout<vprep_clip>.offset(of: \.byte_count),
      MemoryLayout<vprep_clip>.offset(of: \.name),
    ]
    #expect(offsets == [0, 8, 16, 24])
  }

  static let options: [(member: String, offset: Int?, expected: Int)] = [
    ("size", MemoryLayout<vprep_options>.offset(of: \.size), 0),
    ("provider", MemoryLayout<vprep_options>.offset(of: \.provider), 8),
    ("mode", MemoryLayout<vprep_options>.offset(of: \.mode), 12),
    ("actions", MemoryLayout<vprep_options>.offset(of: \.actions), 16),
    ("bandwidth", MemoryLayout<vprep_options>.offset(of: \.bandwidth), 24),
    (
      "face_occlusion_detection",
      MemoryLayout<vprep_options>.offset(of: \.face_occlusion_detection), 32
    ),
    ("eye_close_detection", MemoryLayout<vprep_options>.offset(of: \.eye_close_detection), 36),
    ("photo", MemoryLayout<vprep_options>.offset(of: \.photo), 40),
    ("request_json", MemoryLayout<vprep_options>.offset(of: \.request_json), 48),
    ("strict", MemoryLayout<vprep_options>.offset(of: \.strict), 56),
    ("exhaustive", MemoryLayout<vprep_options>.offset(of: \.exhaustive), 60),
    ("timeline", MemoryLayout<vprep_options>.offset(of: \.timeline), 64),
    ("annotation_folder", MemoryLayout<vprep_options>.offset(of: \.annotation_folder), 72),
    ("rules_json", MemoryLayout<vprep_options>.offset(of: \.rules_json), 80),
    ("window_start", MemoryLayout<vprep_options>.offset(of: \.window_start), 88),
    ("window_end", MemoryLayout<vprep_options>.offset(of: \.window_end), 96),
    ("maximum_bytes", MemoryLayout<vprep_options>.offset(of: \.maximum_bytes), 104),
    ("preview_count", MemoryLayout<vprep_options>.offset(of: \.preview_count), 112),
    ("time_limit", MemoryLayout<vprep_options>.offset(of: \.time_limit), 120),
    ("cancellation", MemoryLayout<vprep_options>.offset(of: \.cancellation), 128),
    ("limits", MemoryLayout<vprep_options>.offset(of: \.limits), 136),
    ("options_json", MemoryLayout<vprep_options>.offset(of: \.options_json), 144),
  ]

  @Test("has options whose members stay where they are; later versions append some")
  func optionsLayout() {
    for (member, offset, expected) in Self.options { #expect(offset == expected, "\(member)") }
    #expect(MemoryLayout<vprep_options>.size == 152)
  }

  @Test("has numbers that keep their meaning")
  func numbers() {
    #expect(
      [
        VPREP_ACCEPTED, VPREP_REFUSED, VPREP_USAGE, VPREP_UNUSABLE_INPUT,
        VPREP_LIMITS_CANNOT_BE_MET, VPREP_OUTPUT_NOT_WRITTEN, VPREP_INCOMPLETE,
      ].map(\.rawValue) == Array(0...6))
    #expect(
      [
        VPREP_NO_PROVIDER, VPREP_MEGVII, VPREP_TENCENT, VPREP_MEGVII_VIDEO,
        VPREP_TENCENT_COMPARE_FACE,
      ].map(\.rawValue) == Array(0...4))
    #expect(
      [VPREP_DEFAULT_MODE, VPREP_LIP, VPREP_ACTION, VPREP_SILENT].map(\.rawValue) == Array(0...3))
  }

  static let functions: Set = [
    "vprep_call", "vprep_cancellation_cancel", "vprep_cancellation_create",
    "vprep_cancellation_free", "vprep_check", "vprep_codes", "vprep_fit", "vprep_free",
    "vprep_options_init", "vprep_prepare", "vprep_preview", "vprep_probe", "vprep_version",
  ]

  /// The words of a text that the pattern finds.
  private func words(_ pattern: String, in path: String) throws -> Set<String> {
    let text = try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
    let regex = try Regex(pattern, as: (Substring, Substring).self).anchorsMatchLineEndings()
    return Set(text.matches(of: regex).map { String($0.output.1) })
  }

  @Test("has the same functions in the header, in the list of what is exported, and in the library")
  func symbols() throws {
    #expect(
      try words(#"^(?:int|void|const char \*|vprep_cancellation \*) ?(vprep_\w+)\("#, in: header)
        == Self.functions)
    #expect(try words(#"^    (\w+);$"#, in: "Packaging/libvprep.map") == Self.functions)
    let library = Repository.products.appending(path: "libVPrepC.so")
    let listed = try runProcess(
      "nm", ["-D", "--defined-only", library.path(percentEncoded: false)])
    let exported = listed.outputText.split(separator: "\n").compactMap {
      $0.split(separator: " ").last
    }
    #expect(
      Set(exported.filter { $0.hasPrefix("vprep_") }.map(String.init)).isSuperset(
        of: Self.functions))
  }

  private let header = "Sources/CVPrep/include/vprep.h"
}
