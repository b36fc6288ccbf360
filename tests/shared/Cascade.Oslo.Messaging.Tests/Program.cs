using Cascade.Oslo.Messaging.Tests;
using Cascade.Oslo.Messaging.Tests.Support;
using Microsoft.Testing.Platform.Builder;

// "victim" is a server in a process of its own, for tests that kill it.
if (args is ["victim", .. var wanted])
{
    return await Victim.RunAsync(wanted);
}

var builder = await TestApplication.CreateBuilderAsync(args);
SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, args);
using var tests = await builder.BuildAsync();
return await tests.RunAsync();
