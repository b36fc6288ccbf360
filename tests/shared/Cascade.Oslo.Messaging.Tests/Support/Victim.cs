namespace Cascade.Oslo.Messaging.Tests.Support;

static class Victim
{
    public static Task<int> RunAsync(string[] wanted) => Task.FromResult(wanted.Length);
}
