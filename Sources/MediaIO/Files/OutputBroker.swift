internal import Synchronization

/// Makes the files of outputs for a process that may open none itself: another process makes them
/// and hands over open descriptors.
package protocol OutputBroker: AnyObject, Sendable {
  /// Makes an empty file that is to be called `name` in `folder` in the end.
  ///
  /// - Returns: Its number for the calls below, and a descriptor that now belongs to the caller.
  func makeFile(
    for name: String, in folder: String
  ) throws(SystemError) -> (number: Int, descriptor: Int32)

  /// Says that a file is done, and what it is to be called.
  func place(_ file: Int, as name: String) throws(SystemError)

  /// Says that a file is no longer wanted.
  func giveUp(_ file: Int)
}

/// Where this process takes the files of its outputs from.
package enum OutputFiles {
  private static let current = Mutex<(any OutputBroker)?>(nil)

  /// Who makes them; `nil`, as in nearly every process, where they are made here.
  package static var broker: (any OutputBroker)? {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
