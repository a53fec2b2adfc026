import Foundation
import TestSupport

extension ReferringFile {
  /// Clips whose container names another file, and photos that do.
  static let containers: [ReferringFile] =
    ["file", "http"].map { scheme in
      ReferringFile("MP4 with its data at an address (\(scheme))", name: "clip.mp4") { target in
        let address = scheme == "file" ? "file://\(target.canary)" : "http://\(target.address)/x"
        // Flags of zero: the data is not in this file; ISO/IEC 14496-12, 8.7.2.
        let reference = box("url ", Data([0, 0, 0, 0]) + Data(address.utf8) + [0])
        return try Data(clip("mp4").replacingBoxes("url ", with: reference))
      }
    } + [
      ReferringFile("MOV with an alias", name: "clip.mov") { target in
        try Data(clip("mov").replacingBoxes("url ", with: alias(target.canary)))
      },
      ReferringFile("MOV that refers to another movie", name: "clip.mov") { target in
        let references = target.references.map { reference in
          let text = Data(reference.utf8) + [0]
          return box(
            "rmda", box("rdrf", Data([0, 0, 0, 0]) + Data("url ".utf8) + big(text.count) + text))
        }
        return box("ftyp", Data("qt  \0\0\0\0qt  ".utf8))
          + box("moov", box("rmra", references.reduce(Data(), +)))
      },
      ReferringFile("MP4 whose tags hold addresses", name: "clip.mp4") { target in
        try clip(
          "mp4",
          [
            "-metadata", "comment=http://\(target.address)/x", "-metadata",
            "description=\(target.canary)", "-movflags", "use_metadata_tags", "-metadata",
            "com.apple.quicktime.url=http://\(target.address)/x",
          ])
      },
      ReferringFile("Matroska that is continued in other files", name: "clip.mkv") { target in
        let names = [
          element([0x3E, 0x83, 0xBB], Data(target.canary.utf8)),
          element([0x3C, 0x83, 0xAB], Data("canary.mp4".utf8)),
          element([0x3E, 0xB9, 0x23], Data(repeating: 7, count: 16)),
        ]
        return try Data(clip("mkv").insertingIntoInfo(names.reduce(Data(), +)))
      },
      ReferringFile("Matroska with attachments", name: "clip.mkv") { target in
        try clip(
          "mkv",
          [
            "-attach", Repository.root.appending(path: "LICENSE").path, "-metadata:s:t:0",
            "filename=\(target.canary)",
            "-metadata:s:t:0", "mimetype=application/x-truetype-font",
          ])
      },
      ReferringFile("Matroska with subtitles that show a file", name: "clip.mkv") { target in
        try clip("mkv", subtitles: subtitles(of: target))
      },
      ReferringFile("MP4 with subtitles that name an address", name: "clip.mp4") { target in
        try clip("mp4", ["-c:s", "mov_text"], subtitles: subtitles(of: target))
      },
      ReferringFile("FLV whose tags hold addresses", name: "clip.flv") { target in
        try clip(
          "flv",
          [
            "-c:v", "flv", "-metadata", "httpHostHeader=\(target.address)", "-metadata",
            "purl=http://\(target.address)/x",
          ])
      },
      ReferringFile("ASF with a script and a licence's address", name: "clip.asf") { target in
        let address = "http://\(target.address)/x"
        return try clip(
          "asf",
          [
            "-c:v", "wmv2", "-metadata", "WM/AuthorURL=\(address)", "-metadata",
            "WMFSDKNeeded=\(address)",
          ]
        ).insertingIntoASFHeader(scriptCommand(address))
      },
      ReferringFile("JPEG with an external profile", name: "photo.jpg") { target in
        let packet =
          "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:li "
          + "stRef:filePath=\"\(target.canary)\" href=\"http://\(target.address)/x\"/></x:xmpmeta>"
        let photo = try Data(contentsOf: photo("photo"))
        let size = packet.utf8.count + 2
        return photo.prefix(2) + [0xFF, 0xE1, UInt8(size >> 8), UInt8(size & 0xFF)]
          + Data(packet.utf8) + photo.dropFirst(2)
      },
    ]

  // MARK: - Building

  static func big(_ number: Int) -> Data {
    Data((0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
  }

  static func box(_ type: String, _ content: Data) -> Data {
    big(content.count + 8) + Data(type.utf8) + content
  }

  /// An EBML element with a size of eight bytes.
  static func element(_ id: [UInt8], _ content: Data) -> Data {
    Data(id) + [1, 0, 0, 0] + big(content.count) + content
  }

  /// An alias record whose second part is the target's path; QuickTime File Format, `alis`.
  private static func alias(_ path: String) -> Data {
    let name = Data(path.utf8.suffix(63))
    var content = Data(count: 50) + [UInt8(name.count)] + name + Data(count: 63 - name.count)
    content += Data(count: 16) + [0, 1, 0, 1] + Data(count: 16)
    let length = path.utf8.count
    content += [0, 2, UInt8(length >> 8), UInt8(length & 0xFF)] + Data(path.utf8)
    content += Data(count: length & 1) + [0xFF, 0xFF, 0, 0]
    return box("alis", Data([0, 0, 0, 0]) + content)
  }

  /// Advanced SubStation Alpha with an image, a font and a link.
  private static func subtitles(of target: Target) -> String {
    """
    [Script Info]
    ScriptType: v4.00+
    [V4+ Styles]
    Format: Name, Fontname
    Style: Default,\(target.canary)
    [Events]
    Format: Layer, Start, End, Style, Text
    Picture: 0,0:00:00.00,0:00:02.00,Default,\(target.canary)
    Dialogue: 0,0:00:00.00,0:00:02.00,Default,{\\1img(\(target.canary))}http://\(target.address)/x

    """
  }

  /// A script command object of one command of the type URL.
  private static func scriptCommand(_ address: String) -> Data {
    let guid: [UInt8] = [
      0x30, 0x1A, 0xFB, 0x1E, 0x62, 0x0B, 0xD0, 0x11, 0xA3, 0x9B, 0, 0xA0, 0xC9, 3, 0x48, 0xF6,
    ]
    func wide(_ text: String) -> Data {
      Data(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }
    let count = UInt8(truncatingIfNeeded: address.utf16.count)
    let content =
      Data(count: 16) + [1, 0, 1, 0, 3, 0] + wide("URL") + [0, 0, 0, 0, 0, 0, count, 0]
      + wide(address)
    return Data(guid) + Data(big(content.count + 24).reversed()) + [0, 0, 0, 0] + content
  }

  private static func photo(_ id: String) throws -> URL {
    URL(filePath: try TestClips.named(id).path)
  }
}
