using Cascade.Interop.Peers;

namespace Cascade.Interop;

/// <summary>Around the whole run: what was started is stopped.</summary>
[SetUpFixture]
public class Run
{
    [OneTimeTearDown]
    public Task StopWhatWasStarted() => World.EndAllAsync();
}
