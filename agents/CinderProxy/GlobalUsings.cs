global using Cascade.Agent.Child;
global using Cascade.Agent.Serving;
global using Cascade.CinderProxy.Stamped;
global using Cascade.Mirror.Watching;
