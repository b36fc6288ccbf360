using Cascade.Agent;
using Cascade.Agent.Trial;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// An agent that does what it is told on standard input, for the tests that need a process of its own.
var agent = Host.CreateEmptyApplicationBuilder(null).AddAgent("cascade-trial", args);
agent.Options(TrialOptions.Read);
agent.Services.AddHostedService<Told>();
return await agent.RunAsync();
