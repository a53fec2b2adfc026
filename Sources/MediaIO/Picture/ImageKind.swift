/// What kind of picture a file is, by its first bytes: a file's ending may lie.
package enum ImageKind: String, CaseIterable, Sendable {
  case jpeg
  case png
  case gif
  case webp
  case bmp
  case tiff
  case heic
  case avif

  /// Bytes that are enough to tell.
  package static let prefixLength = 16

  /// The kind of a file that begins with `bytes`; `nil` when it is none of these.
  ///
  /// The signatures are those of ITU-T T.81, the PNG specification (W3C), GIF89a, the WebP container,
  /// Windows bitmaps, TIFF 6.0, and ISO/IEC 23008-12 for HEIF's brands.
  package init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if text.hasPrefix("GIF8") {
      self = .gif
    } else if text.hasPrefix("RIFF"), text.dropFirst(8).hasPrefix("WEBP") {
      self = .webp
    } else if text.hasPrefix("BM") {
      self = .bmp
    } else if bytes.starts(with: [0x49, 0x49, 0x2A, 0])
      || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A])
    {
      self = .tiff
    } else if text.dropFirst(4).hasPrefix("ftyp"), let kind = Self.heif(text.dropFirst(8).prefix(4))
    {
      self = kind
    } else {
      return nil
    }
  }

  private static func heif(_ brand: Substring) -> ImageKind? {
    switch brand {
    case "heic", "heix", "heim", "heis", "mif1", "msf1": .heic
    case "avif", "avis": .avif
    default: nil
    }
  }

  /// Whether the providers take it and it is decoded here.
  package var isAccepted: Bool { self == .jpeg || self == .png }
}

extension ImageKind {
  /// The error where such a picture is given as a clip.
  func refusedAsClip(_ file: String) -> MediaError {
    MediaError(
      .open, file: file, cause: .photo,
      detail: "this is a photo (\(rawValue.uppercased())), not a clip",
      advice: "Give the recorded clip here; the photo is a separate input.")
  }
}
