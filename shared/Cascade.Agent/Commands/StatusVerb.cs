using System.Text.Json;

namespace Cascade.Agent;

/// <summary><c>status</c>: asks the running agent's ops port. 0 healthy, 1 not healthy, 255 not reached.</summary>
static class StatusVerb
{
    const int Error = 255;

    public static async Task<int> RunAsync(OpsOptions options, VerbContext verb, CancellationToken cancelled)
    {
        if (await OpsClient.AskAsync(options, HttpMethod.Get, "/status", verb, cancelled) is not var (_, body))
            return Error;
        var status = JsonSerializer.Deserialize(body, OpsJson.Default.StatusAnswer)!;
        if (verb.Json)
            await verb.Out.WriteAsync(System.Text.Encoding.UTF8.GetString(body));
        else
            Print(status, verb.Out);
        return status.Healthy ? 0 : 1;
    }

    static void Print(StatusAnswer status, TextWriter to)
    {
        to.WriteLine($"{status.Agent} {status.Version} as {status.Host}, pid {status.Pid}, since {status.Started:u}");
        to.WriteLine($"healthy: {Yes(status.Healthy)}   registered: {Yes(status.Registered)}");
        foreach (var check in status.Checks)
            to.WriteLine($"  {check.Name,-16} {check.State.ToString().ToLowerInvariant(),-9} {check.Since:u}  {check.Detail}");
        foreach (var (name, values) in status.Details)
        {
            to.WriteLine($"{name}:");
            foreach (var (key, value) in values)
                to.WriteLine($"  {key} = {value}");
        }
    }

    static string Yes(bool value) => value ? "yes" : "no";
}
