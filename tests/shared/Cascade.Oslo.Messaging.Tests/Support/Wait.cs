namespace Cascade.Oslo.Messaging.Tests.Support;

static class Wait
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks until it is so: for what only the broker knows. The time is a limit, not a measure.</summary>
    public static async Task UntilAsync(Func<Task<bool>> so, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await so())
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"not within {Patience}: {what}");
            }
        }
    }

    public static Task UntilAsync(Func<bool> so, string what) => UntilAsync(() => Task.FromResult(so()), what);
}
