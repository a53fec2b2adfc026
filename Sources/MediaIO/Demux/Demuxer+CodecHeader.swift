internal import CFFmpeg

extension Demuxer {
  /// What the container tells a decoder before the first packet: `avcC`, `hvcC`, AAC's configuration;
  /// empty where there is nothing.
  package func codecHeader(_ index: Int) -> [UInt8] {
    let parameters = unsafe parameters(index).pointee
    guard let data = unsafe parameters.extradata else { return [] }
    let header = unsafe UnsafeBufferPointer(start: data, count: Int(parameters.extradata_size))
    return unsafe Array(header)
  }
}
