using Cascade.Support;

namespace Cascade.Oslo.Messaging.Tests.Support;

/// <summary>The broker of this run; it starts for the first test that needs one.</summary>
[SetUpFixture]
public sealed class Bus
{
    static readonly SemaphoreSlim Gate = new(1);
    static Broker? shared;

    public static async Task<Broker> SharedAsync()
    {
        Broker.AvailableOrIgnore();
        await Gate.WaitAsync();
        try
        {
            return shared ??= await Broker.StartAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (shared is not null)
        {
            await shared.DisposeAsync();
        }
    }
}
