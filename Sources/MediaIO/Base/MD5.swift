internal import CFFmpeg

/// A running MD5 digest; owns libavutil's context.
@safe struct MD5: ~Copyable {
  private let context: OpaquePointer

  init?() {
    guard let context = unsafe allocated(av_md5_alloc()) else { return nil }
    unsafe av_md5_init(context)
    unsafe self.context = unsafe context
  }

  deinit {
    var pointer: UnsafeMutableRawPointer? = unsafe UnsafeMutableRawPointer(context)
    unsafe av_freep(&pointer)
  }

  func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer {
      unsafe av_md5_update(context, $0.baseAddress, $0.count)
    }
  }

  /// The digest as 32 lower-case hexadecimal digits.
  consuming func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 16)
    unsafe digest.withUnsafeMutableBufferPointer {
      unsafe av_md5_final(context, $0.baseAddress)
    }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
