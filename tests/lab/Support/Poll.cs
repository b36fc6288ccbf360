namespace Cascade.Lab.Support;

/// <summary>Asks a real cloud again until it says what is expected: there is nothing to subscribe to from outside.</summary>
static class Poll
{
    /// <summary>What counts of a long answer is its end: a console begins with the noise of a kernel.</summary>
    const int Shown = 1500;

    /// <param name="why">Asked when it was not within the limit: what else there is to know.</param>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> enough, TimeSpan? limit = null, Func<Task<string>>? why = null)
    {
        using var expired = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(3));
        var last = await ask();
        while (!enough(last))
        {
            if (expired.IsCancellationRequested)
            {
                Assert.Fail($"{what}: not within {limit ?? TimeSpan.FromMinutes(3)}, {(why is null ? "" : $"{await why()}, ")}last seen: {End($"{last}")}");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            last = await ask();
        }

        return last;
    }

    static string End(string text) => text.Length <= Shown ? text : $"… {text[^Shown..]}";
}
