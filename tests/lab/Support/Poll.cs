namespace Cascade.Lab.Support;

/// <summary>Asks a real cloud again until it says what is expected: there is nothing to subscribe to from outside.</summary>
static class Poll
{
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> enough, TimeSpan? limit = null)
    {
        using var expired = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(3));
        var last = await ask();
        while (!enough(last))
        {
            if (expired.IsCancellationRequested)
            {
                Assert.Fail($"{what}: not within {limit ?? TimeSpan.FromMinutes(3)}, last seen: {last}");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            last = await ask();
        }

        return last;
    }
}
