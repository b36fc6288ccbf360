using System.Text.RegularExpressions;

namespace Cascade.Support;

/// <summary>
/// What goes wrong with requests of one kind, so many times. Rules are asked in the order they were made; the first that matches and is
/// not used up applies. Every method returns the rule, to be watched.
/// </summary>
public sealed class FaultRule
{
    private readonly string method;
    private readonly Regex path;
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left;

    internal FaultRule(string method, string pattern)
    {
        this.method = method;
        var parts = pattern.Split('/').Select(part => part switch { "**" => ".*", "*" => "[^/]+", _ => Regex.Escape(part) });
        path = new Regex("^" + string.Join('/', parts) + "$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    internal FaultAct Act { get; private set; }

    internal FakeAnswer? Answer { get; private set; }

    internal TimeSpan Drip { get; private set; }

    internal Task Released => released.Task;

    /// <summary>How often it has applied.</summary>
    public int Hits { get; private set; }

    /// <summary>Ends when the first request has met the rule; a TimeoutException when none does in half a minute.</summary>
    public Task Arrived => arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    /// <summary>The next request fails with this status and has no effect.</summary>
    public FaultRule FailOnce(int status, string? body = null, int? retryAfter = null) => Fail(1, status, body, retryAfter);

    /// <summary>The next so many requests fail; the body is Nova's shape unless given.</summary>
    public FaultRule Fail(int times, int status, string? body = null, int? retryAfter = null)
    {
        var text = body ?? $$$"""{"computeFault": {"code": {{{status}}}, "message": "The fake was told to fail with {{{status}}}."}}""";
        var answer = new FakeAnswer(status, System.Text.Encoding.UTF8.GetBytes(text), text.StartsWith('{') ? "application/json" : "text/html");
        if (retryAfter is { } seconds)
        {
            answer.Headers["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return Set(FaultAct.Answer, times, answer);
    }

    /// <summary>The token is refused, once; a new token will do.</summary>
    public FaultRule UnauthorizedOnce() =>
        FailOnce(401, """{"error": {"code": 401, "title": "Unauthorized", "message": "The request you have made requires authentication."}}""");

    /// <summary>The connection is cut before anything is done.</summary>
    public FaultRule DropBefore(int times = 1) => Set(FaultAct.DropBefore, times);

    /// <summary>It is done, and then the connection is cut: a lost answer.</summary>
    public FaultRule DropAfter(int times = 1) => Set(FaultAct.DropAfter, times);

    /// <summary>Nothing is done until <see cref="Release"/>.</summary>
    public FaultRule HoldBefore(int times = 1) => Set(FaultAct.HoldBefore, times);

    /// <summary>It is done, but the answer waits for <see cref="Release"/>.</summary>
    public FaultRule HoldAfter(int times = 1) => Set(FaultAct.HoldAfter, times);

    /// <summary>It is done, but the answer is not JSON.</summary>
    public FaultRule Garbage(int times = 1) => Set(FaultAct.Garbage, times);

    /// <summary>It is done, and the answer comes in single bytes with this pause between them.</summary>
    public FaultRule SlowDrip(TimeSpan pause, int times = 1)
    {
        Drip = pause;
        return Set(FaultAct.Drip, times);
    }

    public void Release() => released.TrySetResult();

    internal bool Takes(string requestMethod, string requestPath)
    {
        if (left <= 0 || (method is not "*" && method != requestMethod) || !path.IsMatch(requestPath))
        {
            return false;
        }

        left--;
        Hits++;
        arrived.TrySetResult();
        return true;
    }

    internal void End()
    {
        left = 0;
        Release();
    }

    private FaultRule Set(FaultAct act, int times, FakeAnswer? answer = null)
    {
        (Act, Answer, left) = (act, answer, times);
        return this;
    }
}

internal enum FaultAct
{
    None,
    Answer,
    DropBefore,
    DropAfter,
    HoldBefore,
    HoldAfter,
    Garbage,
    Drip,
}
