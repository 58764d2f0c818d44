// The beta distribution: what is believed of a rate after wins and losses were seen.
#pragma once

namespace flash::score {

// The regularised incomplete beta function I_x(a, b), a and b above 0: chance that the rate is
// below x. Continued fraction (Lentz); relative error below 1e-10.
double beta_below(double a, double b, double x);
// Its inverse by bisection: the x with chance p below it, within 1e-9.
double beta_quantile(double a, double b, double p);

}  // namespace flash::score
