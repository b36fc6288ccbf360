using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Bench.Peers;

/// <summary>Our caller: calls for a time with so many in flight, or casts to fill a queue.</summary>
static class OurClient
{
    public static async Task RunAsync(int port)
    {
        await using var transport = OurServer.Transport(port, "bench-client");
        await Commands.ServeAsync(command => AnswerAsync(transport.Caller, command));
    }

    static async Task<string> AnswerAsync(IRpcCaller caller, string[] command)
    {
        var (members, data) = Messages.Read(command[2]);
        var context = new RpcContext(members);
        var target = new RpcTarget(command[1], new(6, 0), "host");

        // A call takes its arguments as they are; each has its own, as in life.
        JsonObject Arguments() => new() { ["data"] = data.DeepClone() };

        switch (command)
        {
            case ["load", _, _, var callers, var seconds]:
                return await Commands.LoadAsync(int.Parse(callers), double.Parse(seconds), () => caller.CallAsync(target, "echo", Arguments(), context));
            case ["calls", _, _, var count]:
                var left = int.Parse(count);
                await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
                {
                    while (Interlocked.Decrement(ref left) >= 0)
                    {
                        await caller.CallAsync(target, "echo", Arguments(), context);
                    }
                }));
                return "done";
            case ["fill", _, _, var many]:
                var rest = int.Parse(many);
                await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
                {
                    while (Interlocked.Decrement(ref rest) >= 0)
                    {
                        await caller.CastAsync(target, "echo", Arguments(), context);
                    }
                }));
                return "done";
            default:
                return "what?";
        }
    }
}
