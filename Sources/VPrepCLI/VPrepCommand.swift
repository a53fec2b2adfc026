import ArgumentParser

@main
struct VPrepCommand: AsyncParsableCommand {
}
