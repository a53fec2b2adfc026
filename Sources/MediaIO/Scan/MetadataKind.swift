/// Kinds of data in a clip that may identify who recorded it, where, or with what.
///
/// The recording time is not one of them: it does not say by whom, and recorders write it into
/// every file.
package enum MetadataKind: String, Sendable, CaseIterable, Comparable {
  case location = "where it was recorded"
  case device = "the device"
  case names = "names and titles"
  case comments = "comments and descriptions"
  case xmp = "XMP"
  case timedData = "tracks of timed data"
  case subtitles = "subtitles"
  case pictures = "cover pictures"
  case attachments = "attachments"
  case chapters = "chapters"
  case userData = "user data in the coded pictures"
  case other = "data of an unknown kind"

  package static func < (first: Self, second: Self) -> Bool {
    order(first) < order(second)
  }

  private static func order(_ kind: Self) -> Int { allCases.firstIndex(of: kind) ?? 0 }
}

extension MetadataKind {
  /// What a tag holds; `nil` for technical ones.
  ///
  /// A list of what is known to be harmless, and words for the kinds of the rest: an unknown tag counts
  /// as `other`, unless its value is no more than a number.
  init?(tag: String, value: String) {
    let key = tag.lowercased()
    if key.contains("xmp") {
      self = .xmp
    } else if Self.places.contains(where: key.contains) {
      self = .location
    } else if Self.technical.contains(Self.withoutLanguage(key)) || key.hasPrefix("_statistics_") {
      return nil
    } else if Self.devices.contains(where: key.contains) {
      self = .device
    } else if Self.texts.contains(where: key.contains) {
      self = .comments
    } else if Self.people.contains(where: key.contains) {
      self = .names
    } else if Self.times.contains(where: key.contains) || Self.isNumber(value) {
      return nil
    } else {
      self = .other
    }
  }

  /// FFmpeg appends the language of some tags, as in `title-eng`.
  private static func withoutLanguage(_ key: String) -> String {
    guard let dash = key.lastIndex(of: "-"), key[dash...].count == 4 else { return key }
    return String(key[..<dash])
  }

  private static func isNumber(_ value: String) -> Bool {
    value.isEmpty || ["true", "false", "yes", "no", "und"].contains(value.lowercased())
      || value.allSatisfy { "0123456789.+-eE/: ".contains($0) }
  }

  private static let places = [
    "location", "gps", "latitude", "longitude", "altitude", "xyz", "loci", "place", "city", "geo",
    "coordinate", "country", "iso6709",
  ]
  private static let devices = [
    "make", "model", "manufacturer", "serial", "device", "camera", "lens", "firmware", "product",
    "identifier", "uuid", "imei", "mac_address", "hardware", "\u{A9}mak", "\u{A9}mod",
  ]
  private static let texts = [
    "comment", "description", "synopsis", "lyrics", "keyword", "note", "subject", "summary", "text",
    "grouping", "icmt", "genre",
  ]
  private static let people = [
    "artist", "author", "performer", "composer", "director", "producer", "publisher", "writer",
    "copyright", "owner", "title", "name", "encoded_by", "show", "album", "user", "contact",
    "email",
    "phone", "people", "person", "actor", "credit", "network",
  ]
  private static let times = ["date", "time", "year", "day", "duration"]
  /// Tags that recorders and muxers write about the streams.
  private static let technical: Set<String> = [
    "major_brand", "minor_version", "compatible_brands", "encoder", "encoder_options",
    "handler_name", "vendor_id", "language", "rotate", "timecode", "duration", "bps",
    "number_of_frames", "number_of_bytes", "source_id", "stereo_mode", "alpha_mode",
    "creation_time", "com.android.version", "com.android.capture.fps",
    "com.apple.quicktime.software", "com.apple.quicktime.creationdate", "software", "writing_app",
    "muxing_app", "variant_bitrate", "service_name", "service_provider", "metadatacreator",
    "itunsmpb", "com.apple.itunes:itunsmpb", "audiodelay", "canseektoend", "hasaudio", "hasvideo",
    "hasmetadata", "haskeyframes", "hascuepoints", "videocodecid", "audiocodecid", "avcprofile",
    "tool", "sourcedata", "id3v2_priv.com.apple.streaming.transportstreamtimestamp",
  ]
}
